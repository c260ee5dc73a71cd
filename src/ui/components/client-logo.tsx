import type { VNode } from 'preact';

interface ClientLogoProps {
  /** The name of the client, whose first letter stands in for a logo. */
  readonly name: string;
  readonly url: string | undefined;
}

const LETTER = /[\p{L}\p{N}]/u;

/**
 * The logo of a client, or a tile with its first letter; decorative, since its name stands beside it. The server of the
 * logo learns that a page was shown, and not which one.
 */
export function ClientLogo({ name, url }: ClientLogoProps): VNode {
  return url === undefined ? (
    <span class="client-logo letter" aria-hidden="true" data-letter={LETTER.exec(name)?.[0].toUpperCase()} />
  ) : (
    <img class="client-logo" src={url} alt="" height="24" referrerpolicy="no-referrer" />
  );
}
