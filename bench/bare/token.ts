import { issueJwt, issueOpaque, LIFETIME_SECONDS } from './access-tokens.js';
import { authorizationCode } from './authorization-code.js';
import { authenticate, type BareClient } from './clients.js';
import { type Handler, NOT_KEPT, readForm, refuse, sendJson } from './handler.js';
import { refreshToken } from './refresh.js';

type Grant = (client: BareClient, form: URLSearchParams) => Promise<object | undefined>;

const grants: Record<string, Grant> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  client_credentials: async (client) => ({
    access_token: client.isOpaque ? await issueOpaque(client) : issueJwt(client, { sub: client.id }),
    token_type: 'Bearer',
    expires_in: LIFETIME_SECONDS,
    scope: client.scope,
  }),
};

/** POST /oauth/token. */
export const token: Handler = async (request, response) => {
  const form = await readForm(request);
  const client = authenticate(request);
  if (client === undefined) return refuse(response, 401);
  const answer = await grants[form.get('grant_type') ?? '']?.(client, form);
  if (answer === undefined) refuse(response, 400);
  else sendJson(response, answer, NOT_KEPT);
};
