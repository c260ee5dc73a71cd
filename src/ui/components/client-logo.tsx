import type { VNode } from 'preact';

/**
 * The logo of a client, with a space behind it; decorative, since its name stands beside it. Its server learns that a
 * page was shown, and not which one.
 */
export function ClientLogo({ url }: { url: string | undefined }): VNode | null {
  if (url === undefined) return null;
  return (
    <>
      <img class="client-logo" src={url} alt="" height="24" referrerpolicy="no-referrer" />{' '}
    </>
  );
}
