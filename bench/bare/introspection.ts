import { findOpaque } from './access-tokens.js';
import { authenticate } from './clients.js';
import { type Handler, NOT_KEPT, readForm, refuse, sendJson } from './handler.js';

/** POST /oauth/introspect of an opaque access token. */
export const introspection: Handler = async (request, response) => {
  const form = await readForm(request);
  const client = authenticate(request);
  if (client === undefined) return refuse(response, 401);
  const row = await findOpaque(form.get('token') ?? '');
  if (row === undefined) return sendJson(response, { active: false }, NOT_KEPT);
  const answer = {
    active: true,
    scope: row.scopes.join(' '),
    client_id: row.client_id,
    token_type: 'Bearer',
    exp: Math.floor(row.expires_at.getTime() / 1000),
    iat: Math.floor(row.issued_at.getTime() / 1000),
    sub: row.subject,
    aud: row.audience,
    iss: process.env.ISSUER,
    jti: row.token_id,
  };
  sendJson(response, answer, NOT_KEPT);
};
