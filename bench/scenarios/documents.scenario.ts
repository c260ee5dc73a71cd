import { alike, type Scenario } from '../scenario.js';

/** The metadata of the server and its keys, as every client reads them (OpenID Connect Discovery section 4). */
export const DOCUMENTS: Scenario = {
  name: 'discovery, then keys',
  floor: 'two requests, constant bytes',
  budget: 2.5,
  isWithoutSql: true,
  connect: async (_server, load) =>
    alike(load, { method: 'GET', path: '/.well-known/openid-configuration' }, { method: 'GET', path: '/oauth/jwks' }),
};
