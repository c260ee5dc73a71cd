import type { VNode } from 'preact';
import { CodeBlock } from '../../../ui/components/code-block.js';
import { CopyableCurl } from './copyable-curl.js';
import { curlOf } from './curl.js';
import type { ExplainedParameter } from './run.js';

interface AddressViewProps {
  readonly label: string;
  /** Absolute. */
  readonly address: string;
  readonly parameters: readonly ExplainedParameter[];
}

/** An address that the browser carries, whole and taken apart, with what each parameter is for. */
export function AddressView({ label, address, parameters }: AddressViewProps): VNode {
  return (
    <section class="flow">
      <CodeBlock label={label}>{address}</CodeBlock>
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
      <CopyableCurl label="The same with curl" line={curlOf({ method: 'GET', url: address, headers: {} })} />
    </section>
  );
}
