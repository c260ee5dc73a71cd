import type { VNode } from 'preact';

/** One verification with its outcome. */
export interface Check {
  readonly name: string;
  readonly passed: boolean;
  /** The value that was looked at, or what was expected. */
  readonly detail: string;
}

/** Verifications with their outcome in words and sign. */
export function CheckList({ checks }: { checks: readonly Check[] }): VNode {
  return (
    <ul class="checks">
      {checks.map(({ name, passed, detail }) => (
        <li class={passed ? 'passed' : 'failed'}>
          <strong>{name}</strong> <span class="outcome">{passed ? 'passed' : 'failed'}</span>
          <span class="detail">{detail}</span>
        </li>
      ))}
    </ul>
  );
}
