import type { VNode } from 'preact';
import { CodeBlock } from '../../../ui/components/code-block.js';
import { Notice } from '../../../ui/components/notice.js';
import { CheckList } from './check-list.js';
import type { DecodedToken } from './run.js';

/** A token taken apart, with what was verified about it. */
export function TokenView({ token: { title, header, claims, checks } }: { token: DecodedToken }): VNode {
  return (
    <section class="token flow">
      <h3>{title}</h3>
      {header === undefined ? (
        <Notice>This token is opaque: it says nothing to anyone but the server that issued it.</Notice>
      ) : (
        <div class="pair">
          <CheckList checks={checks} />
          <div class="flow">
            <CodeBlock label={`${title}: header`}>{header}</CodeBlock>
            <CodeBlock label={`${title}: claims`}>{claims}</CodeBlock>
          </div>
        </div>
      )}
    </section>
  );
}
