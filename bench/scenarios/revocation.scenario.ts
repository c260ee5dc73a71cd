import { fetchJson, formPost, OPAQUE_CLIENT } from '../bench-clients.js';
import type { BenchServer } from '../bench-server.js';
import type { Connection, Scenario } from '../scenario.js';
import { clientCredentials } from './client-credentials.scenario.js';

/** More tokens than any server here revokes in a second; a run lasts up to one more than it was told. */
const TOKENS_A_SECOND = 8000;
const AT_ONCE = 64;

/** A client revokes a token of its own (RFC 7009), each time another one. */
export const REVOCATION: Scenario = {
  name: 'revocation, opaque',
  floor: 'client secret compared, one UPDATE by digest',
  budget: 2.0,
  isWithoutSql: false,
  connect: async (server, { connections, seconds }) => {
    const tokens = await issue(server, Math.ceil(TOKENS_A_SECOND * (seconds + 1)));
    return Array.from({ length: connections }, () => revoking(tokens));
  },
};

function revoking(tokens: string[]): Connection {
  return [
    {
      setupRequest: (request) => {
        const token = tokens.pop();
        if (token === undefined) throw new Error('There are no tokens left to revoke; raise TOKENS_A_SECOND');
        return { ...request, ...formPost('/oauth/revoke', OPAQUE_CLIENT, { token }) };
      },
    },
  ];
}

async function issue(server: BenchServer, count: number): Promise<string[]> {
  const tokens: string[] = [];
  const issueSome = async (): Promise<void> => {
    while (tokens.length < count) {
      tokens.push((await fetchJson(server, clientCredentials(OPAQUE_CLIENT))).access_token);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, issueSome));
  return tokens;
}
