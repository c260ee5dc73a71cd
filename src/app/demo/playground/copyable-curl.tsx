import type { VNode } from 'preact';

/** A shell line to paste: a click selects it all, and with scripts a button copies it. */
export function CopyableCurl({ label, line }: { label: string; line: string }): VNode {
  return (
    <figure class="code curl" data-copy="Copy" data-copied="Copied">
      <figcaption data-copy-bar>{label}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard focus */}
      <pre tabIndex={0}>
        <code>{line}</code>
      </pre>
    </figure>
  );
}
