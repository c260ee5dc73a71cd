import { type BenchClient, formPost, JWT_CLIENT, OPAQUE_CLIENT } from '../bench-clients.js';
import { alike, type Scenario } from '../scenario.js';

/** The request of the client credentials grant (RFC 6749 section 4.4). */
export function clientCredentials(client: BenchClient) {
  return formPost('/oauth/token', client, { grant_type: 'client_credentials' });
}

/** A token that is signed. */
export const CLIENT_CREDENTIALS_JWT: Scenario = {
  name: 'client_credentials, JWT',
  work: 'client secret compared with its SHA-256, one ES256 signature, no SQL',
  isWithoutSql: true,
  connect: async (_server, count) => alike(count, clientCredentials(JWT_CLIENT)),
};

/** A token that is stored. */
export const CLIENT_CREDENTIALS_OPAQUE: Scenario = {
  name: 'client_credentials, opaque',
  work: 'client secret compared, one row; node:http writes each by an INSERT of its own',
  isWithoutSql: false,
  connect: async (_server, count) => alike(count, clientCredentials(OPAQUE_CLIENT)),
};
