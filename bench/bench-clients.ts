import { randomBytes } from 'node:crypto';
import type { Request } from 'autocannon';
import type { BenchServer } from './bench-server.js';

/** A client that the benchmark acts as. */
export interface BenchClient {
  readonly client_id: string;
  readonly client_secret: string;
}

/** Where codes are sent; nobody listens there. */
export const REDIRECT_URI = 'https://client.example/callback';

const secret = randomBytes(32).toString('base64url');

/** Gets JWT access tokens in its own right. */
export const JWT_CLIENT = {
  client_id: 'bench-jwt',
  client_secret: secret,
  grant_types: ['client_credentials'],
  response_types: [],
  scope: 'profile',
};

/** Gets opaque access tokens in its own right, and introspects them. */
export const OPAQUE_CLIENT = { ...JWT_CLIENT, client_id: 'bench-opaque', access_token_format: 'opaque' };

/** Acts for an end user who is not asked for consent; its access tokens are opaque. */
export const WEB_CLIENT = {
  client_id: 'bench-web',
  access_token_format: 'opaque',
  client_secret: secret,
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: [REDIRECT_URI],
  scope: 'openid profile offline_access',
  first_party: true,
  id_token_signed_response_alg: 'ES256',
};

/** Acts for an end user as the other one does, with JWT access tokens. */
export const WEB_JWT_CLIENT = { ...WEB_CLIENT, client_id: 'bench-web-jwt', access_token_format: 'jwt' };

/** Sees passwords of end users (RFC 6749 section 4.3); only the flood of guesses acts as this one. */
export const PASSWORD_CLIENT = { ...JWT_CLIENT, client_id: 'bench-password', grant_types: ['password'] };

/** Every client of the benchmark, as a bootstrap file lists them. */
export const CLIENTS = [JWT_CLIENT, OPAQUE_CLIENT, WEB_CLIENT, WEB_JWT_CLIENT];

/** A POST of a form by a client that authenticates with client_secret_basic. */
export function formPost(path: string, client: BenchClient, form: Record<string, string>) {
  const credentials = Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64');
  return {
    method: 'POST',
    path,
    headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  } satisfies Request;
}

/** Sends one request and reads the JSON that comes back. Raises an Error for any status but 200. */
export async function fetchJson(server: BenchServer, request: ReturnType<typeof formPost>): Promise<TokenAnswer> {
  const { path, ...init } = request;
  const response = await fetch(server.url + path, init);
  if (response.status !== 200) throw new Error(`${server.name} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as TokenAnswer;
}

/** What the benchmark reads of a token answer. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
}
