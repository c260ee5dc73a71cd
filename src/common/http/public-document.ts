import type { IncomingMessage, ServerResponse } from 'node:http';
import { digestOf } from '../crypto/random-token.js';

/** For how long anyone may keep a public document. */
export const PUBLIC_DOCUMENT_SECONDS = 900;

interface Written {
  readonly etag: string;
  readonly bytes: Buffer;
}

const written = new WeakMap<object, Written>();

/**
 * Sends a JSON document that anyone may keep for 15 minutes. A request with its ETag is answered with 304 (RFC 9110
 * section 13.1.2). The bytes are made once for each object, so whoever gives the content gives the same object, unchanged,
 * until there is something new to say.
 */
export function sendPublicDocument(content: object, request: IncomingMessage, response: ServerResponse): void {
  const { etag, bytes } = written.get(content) ?? write(content);
  response.setHeader('Cache-Control', `public, max-age=${PUBLIC_DOCUMENT_SECONDS}`);
  response.setHeader('ETag', etag);
  if (isKnown(etag, request.headers['if-none-match'])) {
    response.writeHead(304).end();
    return;
  }
  response
    .writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length })
    .end(bytes);
}

function write(content: object): Written {
  const text = JSON.stringify(content);
  const made = { etag: `"${digestOf(text).toString('base64url')}"`, bytes: Buffer.from(text) };
  written.set(content, made);
  return made;
}

/** Tags compare weakly (RFC 9110 section 13.1.2), since a proxy that compresses an answer marks its tag as weak. */
function isKnown(etag: string, condition: string | undefined): boolean {
  if (condition === undefined) return false;
  return condition.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}
