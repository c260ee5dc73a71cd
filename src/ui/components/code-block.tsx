import type { ComponentChildren, VNode } from 'preact';

interface CodeBlockProps {
  /** The label of the block, for the eye and for a screen reader. */
  readonly label: string;
  /** Stands at the end of the label bar, for example a status. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Text of the wire as it is; long lines scroll inside, also by keyboard. */
export function CodeBlock({ label, aside, children }: CodeBlockProps): VNode {
  return (
    <figure class="code">
      <figcaption>
        {label}
        {aside}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard focus */}
      <pre tabIndex={0}>
        <code>{children}</code>
      </pre>
    </figure>
  );
}
