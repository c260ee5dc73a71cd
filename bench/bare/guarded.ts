import { findOpaque } from './access-tokens.js';
import { type Handler, refuse, sendJson } from './handler.js';
import { readJwt } from './jwt.js';

/** GET /api/me with a token that a client holds in its own right. */
export const guarded: Handler = async (request, response) => {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const id = token.startsWith('gate_at_') ? (await findOpaque(token))?.client_id : readJwt(token)?.sub;
  if (id === undefined) refuse(response, 401);
  else sendJson(response, { id, email: null });
};
