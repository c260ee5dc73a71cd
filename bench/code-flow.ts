import { createHash, randomBytes } from 'node:crypto';
import type { Request } from 'autocannon';
import { type BenchClient, fetchJson, formPost, REDIRECT_URI, type TokenAnswer, WEB_CLIENT } from './bench-clients.js';
import type { BenchServer } from './bench-server.js';

const verifier = randomBytes(32).toString('base64url');

/** The authorization request of an end user who is signed in (RFC 6749 section 4.1.1), with PKCE, state and nonce. */
export function authorizationRequest(cookie: string, client: BenchClient = WEB_CLIENT) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: REDIRECT_URI,
    scope: WEB_CLIENT.scope,
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { method: 'GET', path: `/oauth/authorize?${query}`, headers: { cookie } } satisfies Request;
}

/** The code in the address that the browser is sent to. */
export function codeIn(location: string | null | undefined): string {
  return new URL(location ?? '').searchParams.get('code') ?? '';
}

/** The request that redeems a code (RFC 6749 section 4.1.3). */
export function redemption(code: string, client: BenchClient = WEB_CLIENT) {
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier };
  return formPost('/oauth/token', client, form);
}

/** Goes through the flow once. */
export async function runCodeFlow(server: BenchServer, cookie: string, client?: BenchClient): Promise<TokenAnswer> {
  const { path, headers } = authorizationRequest(cookie, client);
  const response = await fetch(server.url + path, { headers, redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null) throw new Error(`${server.name}: ${response.status} ${await response.text()}`);
  return fetchJson(server, redemption(codeIn(location), client));
}
