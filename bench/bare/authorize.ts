import { clients } from './clients.js';
import { type Handler, refuse } from './handler.js';
import { sessionOf } from './sessions.js';
import { newToken, storeCode } from './tokens.js';

/** GET /oauth/authorize for an end user who is signed in and has allowed the client everything before. */
export const authorize: Handler = async (request, response) => {
  const query = new URLSearchParams(request.url?.slice(request.url.indexOf('?') + 1));
  const client = clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client?.redirectUris.includes(redirectUri) || query.get('response_type') !== 'code')
    return refuse(response, 400);
  const session = sessionOf(request);
  const code = newToken();
  if (session === undefined || !(await storeCode(code, session.subject, query))) return refuse(response, 403);
  const answer = new URLSearchParams({ code, state: query.get('state') ?? '', iss: process.env.ISSUER ?? '' });
  response.writeHead(302, { Location: `${redirectUri}?${answer}`, 'Content-Length': 0 }).end();
};
