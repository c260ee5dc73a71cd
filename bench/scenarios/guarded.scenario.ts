import { type BenchClient, WEB_CLIENT, WEB_JWT_CLIENT } from '../bench-clients.js';
import type { BenchServer } from '../bench-server.js';
import { runCodeFlow } from '../code-flow.js';
import type { Load } from '../measurement.js';
import type { Connection, Scenario } from '../scenario.js';

/** A guarded route with an end user's token that is signed. */
export const GUARDED_JWT: Scenario = {
  name: 'guarded route, JWT',
  floor: 'ES256 signature verified each time, no SQL',
  budget: 1.2,
  isWithoutSql: true,
  connect: (server, load) => withTokenOf(WEB_JWT_CLIENT, '/api/me', server, load),
};

/** A guarded route with an end user's token that is stored. */
export const GUARDED_OPAQUE: Scenario = {
  name: 'guarded route, opaque',
  floor: 'one SELECT by digest',
  budget: 2.0,
  isWithoutSql: false,
  connect: (server, load) => withTokenOf(WEB_CLIENT, '/api/me', server, load),
};

/** What this server knows of the end user (OpenID Connect Core section 5.3). */
export const USERINFO: Scenario = {
  name: 'userinfo',
  floor: 'one SELECT by digest; the end user is not read',
  budget: 2.2,
  isWithoutSql: false,
  connect: (server, load) => withTokenOf(WEB_CLIENT, '/oauth/userinfo', server, load),
};

/** Each connection has the token of an end user of its own. */
function withTokenOf(
  client: BenchClient,
  path: string,
  server: BenchServer,
  { connections }: Load,
): Promise<Connection[]> {
  return Promise.all(
    server.cookies.slice(0, connections).map(async (cookie): Promise<Connection> => {
      const { access_token } = await runCodeFlow(server, cookie, client);
      return [{ method: 'GET', path, headers: { authorization: `Bearer ${access_token}` } }];
    }),
  );
}
