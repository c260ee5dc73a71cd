import type { VNode } from 'preact';
import type { ExplainedParameter } from './run.js';

/** Parameters with what each is for. */
export function ParameterList({ parameters }: { parameters: readonly ExplainedParameter[] }): VNode {
  return (
    <dl class="parameters">
      {parameters.map(({ name, value, meaning }) => (
        <div>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <code>{value}</code>
          </dd>
          <dd class="hint">{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
