import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Answers one route of the bare server. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Sends a JSON object. */
export function sendJson(response: ServerResponse, body: object, headers: OutgoingHttpHeaders = {}): void {
  const text = JSON.stringify(body);
  const all = { ...headers, 'Content-Type': JSON_TYPE, 'Content-Length': Buffer.byteLength(text) };
  response.writeHead(200, all).end(text);
}

/** The headers of an answer that carries tokens (RFC 6749 section 5.1). */
export const NOT_KEPT: OutgoingHttpHeaders = { 'Cache-Control': 'no-store', Pragma: 'no-cache' };

/** Refuses a request, without a reason. */
export function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0 }).end();
}

/** The form in a request's body. */
export function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => resolve(new URLSearchParams(text)));
    request.on('error', reject);
  });
}
