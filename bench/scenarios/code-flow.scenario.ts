import { authorizationRequest, codeIn, redemption } from '../code-flow.js';
import type { Connection, Scenario } from '../scenario.js';

/** Authorization request, code, tokens: two requests, each connection for an end user of its own. */
export const CODE_FLOW: Scenario = {
  name: 'code flow (2 requests)',
  floor:
    'authorize: one INSERT from the consents; token: one DELETE that inserts both tokens, id_token signed by ES256',
  budget: 2.0,
  isWithoutSql: false,
  connect: async ({ cookies }) => cookies.map(connection),
};

function connection(cookie: string): Connection {
  let code = '';
  return [
    {
      ...authorizationRequest(cookie),
      onResponse: (_status, _body, _context, headers) => {
        code = codeIn(headers?.Location as string | undefined);
      },
    },
    { setupRequest: (request) => ({ ...request, ...redemption(code) }) },
  ];
}
