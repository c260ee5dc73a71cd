import { authorizationRequest, codeIn, redemption } from '../code-flow.js';
import type { Connection, Scenario } from '../scenario.js';

/** Authorization request, code, tokens: two requests, each connection for an end user of its own. */
export const CODE_FLOW: Scenario = {
  name: 'code flow (2 requests)',
  work: 'authorize: 2 SELECTs, 1 INSERT; token: 1 SELECT, 1 statement that spends the code and stores family and refresh token, 2 ES256 signatures',
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
