import { type BenchClient, formPost, JWT_CLIENT, OPAQUE_CLIENT } from '../bench-clients.js';
import { alike, type Scenario } from '../scenario.js';

/** The request of the client credentials grant (RFC 6749 section 4.4). */
export function clientCredentials(client: BenchClient) {
  return formPost('/oauth/token', client, { grant_type: 'client_credentials' });
}

/** A token that is signed. */
export const CLIENT_CREDENTIALS_JWT: Scenario = {
  name: 'client_credentials, JWT',
  floor: 'client secret compared with its SHA-256, one ES256 signature, no SQL',
  budget: 1.8,
  isWithoutSql: true,
  connect: async (_server, load) => alike(load, clientCredentials(JWT_CLIENT)),
};

/** A token that is stored. */
export const CLIENT_CREDENTIALS_OPAQUE: Scenario = {
  name: 'client_credentials, opaque',
  floor: 'client secret compared, one INSERT of its own',
  budget: 0.9,
  isWithoutSql: false,
  connect: async (_server, load) => alike(load, clientCredentials(OPAQUE_CLIENT)),
};
