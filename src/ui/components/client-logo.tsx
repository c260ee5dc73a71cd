import type { VNode } from 'preact';

interface ClientLogoProps {
  /** The name of the client, whose first letter stands in for a logo. */
  readonly name: string;
  readonly url: string | undefined;
}

/**
 * The logo of a client, or a tile with its first letter, with a space behind it; decorative, since its name stands beside
 * it. The server of the logo learns that a page was shown, and not which one.
 */
export function ClientLogo({ name, url }: ClientLogoProps): VNode {
  return (
    <>
      {url === undefined ? (
        <span class="client-logo letter" aria-hidden="true">
          {[...name.trim()][0]?.toUpperCase()}
        </span>
      ) : (
        <img class="client-logo" src={url} alt="" height="24" referrerpolicy="no-referrer" />
      )}{' '}
    </>
  );
}
