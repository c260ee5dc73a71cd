import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { statement } from './statement.js';

/** A registered client, as far as this server needs one. */
export interface BareClient {
  readonly id: string;
  readonly digest: Buffer;
  readonly scope: string;
  readonly redirectUris: readonly string[];
  readonly isOpaque: boolean;
}

interface Row {
  client_id: string;
  digest: Buffer;
  metadata: { scope: string; redirect_uris: string[]; access_token_format: string };
}

const all = statement<Row>(
  'bare-clients',
  'SELECT c.client_id, c.metadata, s.digest FROM gatehouse.clients c JOIN gatehouse.client_secrets s ON s.client_id = c.client_id',
);

/** Every client, in memory. */
export const clients = new Map<string, BareClient>();
for (const { client_id: id, digest, metadata } of await all()) {
  const { scope, redirect_uris: redirectUris, access_token_format: format } = metadata;
  clients.set(id, { id, digest, scope, redirectUris, isOpaque: format === 'opaque' });
}

/** The client of a request with HTTP Basic; undefined for a wrong secret. */
export function authenticate(request: IncomingMessage): BareClient | undefined {
  const encoded = request.headers.authorization?.slice('Basic '.length) ?? '';
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':', 2).map(decodeURIComponent);
  const client = clients.get(id);
  return client && timingSafeEqual(hash('sha256', secret, 'buffer'), client.digest) ? client : undefined;
}
