import { fetchJson, formPost, OPAQUE_CLIENT } from '../bench-clients.js';
import { alike, type Scenario } from '../scenario.js';
import { clientCredentials } from './client-credentials.scenario.js';

/** A client looks at an opaque token of its own (RFC 7662). */
export const INTROSPECTION: Scenario = {
  name: 'introspection, opaque',
  work: 'client secret compared, one SELECT by primary key of the token and its family',
  isWithoutSql: false,
  connect: async (server, count) => {
    const { access_token: token } = await fetchJson(server, clientCredentials(OPAQUE_CLIENT));
    return alike(count, formPost('/oauth/introspect', OPAQUE_CLIENT, { token }));
  },
};
