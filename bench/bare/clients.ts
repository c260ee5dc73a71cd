import { hash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';

/** A registered client, as far as this server needs one. */
export interface BareClient {
  readonly id: string;
  readonly digest: Buffer;
  readonly scope: string;
  readonly redirectUris: readonly string[];
  readonly isOpaque: boolean;
}

interface Registration {
  readonly client_id: string;
  readonly client_secret: string;
  readonly scope: string;
  readonly redirect_uris?: string[];
  readonly access_token_format?: string;
}

/** The clients of the bootstrap file, in memory. */
export const clients = new Map<string, BareClient>();
const { clients: registrations } = JSON.parse(readFileSync(process.env.BOOTSTRAP_FILE ?? '', 'utf8')) as {
  clients: Registration[];
};
for (const { client_id: id, client_secret, scope, redirect_uris = [], access_token_format } of registrations) {
  const digest = hash('sha256', client_secret, 'buffer');
  clients.set(id, { id, digest, scope, redirectUris: redirect_uris, isOpaque: access_token_format === 'opaque' });
}

/** The client of a request with HTTP Basic; undefined for a wrong secret. */
export function authenticate(request: IncomingMessage): BareClient | undefined {
  const encoded = request.headers.authorization?.slice('Basic '.length) ?? '';
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString().split(':', 2).map(decodeURIComponent);
  const client = clients.get(id);
  return client && timingSafeEqual(hash('sha256', secret, 'buffer'), client.digest) ? client : undefined;
}
