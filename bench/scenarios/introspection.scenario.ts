import { fetchJson, formPost, OPAQUE_CLIENT } from '../bench-clients.js';
import { alike, type Scenario } from '../scenario.js';
import { clientCredentials } from './client-credentials.scenario.js';

/** A client looks at an opaque token of its own (RFC 7662). */
export const INTROSPECTION: Scenario = {
  name: 'introspection, opaque',
  floor: 'client secret compared, one SELECT by digest',
  budget: 1.8,
  isWithoutSql: false,
  connect: async (server, load) => {
    const { access_token: token } = await fetchJson(server, clientCredentials(OPAQUE_CLIENT));
    return alike(load, formPost('/oauth/introspect', OPAQUE_CLIENT, { token }));
  },
};
