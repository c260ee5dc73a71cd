import { type BenchClient, fetchJson, JWT_CLIENT, OPAQUE_CLIENT } from '../bench-clients.js';
import type { BenchServer } from '../bench-server.js';
import { alike, type Connection, type Scenario } from '../scenario.js';
import { clientCredentials } from './client-credentials.scenario.js';

/** A guarded route with a token whose signature is known from an earlier request. */
export const GUARDED_JWT: Scenario = {
  name: 'guarded route, JWT',
  work: 'SHA-256 of the token finds its verified claims in memory; expiry looked at; no SQL',
  isWithoutSql: true,
  connect: (server, count) => withTokenOf(JWT_CLIENT, server, count),
};

/** A guarded route with a token that is looked up. */
export const GUARDED_OPAQUE: Scenario = {
  name: 'guarded route, opaque',
  work: 'one SELECT by primary key of the token and its family',
  isWithoutSql: false,
  connect: (server, count) => withTokenOf(OPAQUE_CLIENT, server, count),
};

async function withTokenOf(client: BenchClient, server: BenchServer, count: number): Promise<Connection[]> {
  const { access_token } = await fetchJson(server, clientCredentials(client));
  return alike(count, { method: 'GET', path: '/api/me', headers: { authorization: `Bearer ${access_token}` } });
}
