import type { VNode } from 'preact';

/** The mark of Gatehouse: a keystone with a keyhole. Purely decorative; a name stands beside it. */
export function KeystoneMark(): VNode {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <path class="stone" d="M2 2h28l-5 28H7z" />
      <path class="keyhole" d="M16 8a4.5 4.5 0 0 0-2.2 8.4L12.5 24h7l-1.3-7.6A4.5 4.5 0 0 0 16 8z" />
    </svg>
  );
}
