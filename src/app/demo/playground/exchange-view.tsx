import type { VNode } from 'preact';
import { CodeBlock } from '../../../ui/components/code-block.js';
import { CopyableCurl } from './copyable-curl.js';
import { curlOf } from './curl.js';
import type { Exchange, WireRequest, WireResponse } from './run.js';
import { jsonOf } from './token-exchange.js';

/** A request beside its response, and the request as a line for the shell. */
export function ExchangeView({ exchange: { title, request, response } }: { exchange: Exchange }): VNode {
  const status = `${response.status} ${response.statusText}`;
  return (
    <section class="exchange flow">
      <h3>{title}</h3>
      <div class="pair">
        <CodeBlock label="Request">{requestText(request)}</CodeBlock>
        <CodeBlock
          label="Response"
          aside={<span class={response.status < 400 ? 'status' : 'status bad'}>{status}</span>}
        >
          {responseText(response)}
        </CodeBlock>
      </div>
      <CopyableCurl label="The same with curl" line={curlOf(request)} />
    </section>
  );
}

function requestText({ method, url, headers, body }: WireRequest): string {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${pathname}${search} HTTP/1.1`, `host: ${host}`, ...lines].join('\n');
  return body === undefined ? head : `${head}\n\n${body.replaceAll('&', '\n&')}`;
}

/** JSON is indented for the eye; nothing else is changed. */
function responseText(response: WireResponse): string {
  const { status, statusText, headers, body } = response;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const json = jsonOf(response);
  const text = json === undefined ? body : JSON.stringify(json, null, 2);
  return [`HTTP/1.1 ${status} ${statusText}`, ...lines, '', text].join('\n');
}
