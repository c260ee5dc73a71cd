import { formPost, type TokenAnswer, WEB_CLIENT } from '../bench-clients.js';
import { runCodeFlow } from '../code-flow.js';
import type { Connection, Scenario } from '../scenario.js';

/** Each connection spends the refresh token that the last answer gave it (RFC 6749 section 6, with rotation). */
export const REFRESH: Scenario = {
  name: 'refresh',
  floor: 'client secret compared, one UPDATE that inserts both tokens, id_token signed by ES256',
  budget: 2.2,
  isWithoutSql: false,
  connect: async (server) => {
    const answers = await Promise.all(server.cookies.map((cookie) => runCodeFlow(server, cookie)));
    return answers.map((answer) => chain(answer.refresh_token));
  },
};

function chain(first: string): Connection {
  let refreshToken = first;
  return [
    {
      setupRequest: (request) => {
        const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
        return { ...request, ...formPost('/oauth/token', WEB_CLIENT, form) };
      },
      onResponse: (_status, body) => {
        refreshToken = (JSON.parse(body) as TokenAnswer).refresh_token;
      },
    },
  ];
}
