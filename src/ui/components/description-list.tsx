import type { ComponentChildren, VNode } from 'preact';

/** Names and their values. */
export function DescriptionList({ entries }: { entries: readonly DescriptionEntry[] }): VNode {
  return (
    <dl class="facts">
      {entries.map(([term, description]) => (
        <div>
          <dt>{term}</dt>
          <dd>{description}</dd>
        </div>
      ))}
    </dl>
  );
}

type DescriptionEntry = readonly [term: ComponentChildren, description: ComponentChildren];
