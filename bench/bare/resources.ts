import type { IncomingMessage } from 'node:http';
import { authenticate } from './clients.js';
import { type Handler, NOT_KEPT, readForm, refuse, sendJson } from './handler.js';
import { publicJwk, readJwt } from './jwt.js';
import { endToken, findAccessToken } from './tokens.js';

/** GET /api/me: who the access token speaks for. */
export const guarded: Handler = async (request, response) => {
  const id = await subjectOf(request);
  if (id === undefined) refuse(response, 401);
  else sendJson(response, { id, email: null });
};

/** GET /oauth/userinfo. */
export const userinfo: Handler = async (request, response) => {
  const sub = await subjectOf(request);
  if (sub === undefined) refuse(response, 401);
  else sendJson(response, { sub }, NOT_KEPT);
};

/** POST /oauth/introspect of an opaque access token. */
export const introspection: Handler = async (request, response) => {
  const form = await readForm(request);
  if (authenticate(request) === undefined) return refuse(response, 401);
  const row = await findAccessToken(form.get('token') ?? '');
  if (row === undefined) return sendJson(response, { active: false }, NOT_KEPT);
  const { scope, client_id, subject: sub, expires_at } = row;
  const exp = Math.floor(expires_at.getTime() / 1000);
  const answer = { active: true, scope, client_id, token_type: 'Bearer', exp, sub, iss: process.env.ISSUER };
  sendJson(response, answer, NOT_KEPT);
};

/** POST /oauth/revoke of an opaque access token. */
export const revocation: Handler = async (request, response) => {
  const form = await readForm(request);
  const client = authenticate(request);
  if (client === undefined) return refuse(response, 401);
  await endToken(form.get('token') ?? '', client.id);
  sendJson(response, {}, NOT_KEPT);
};

/** GET of a document that never changes. */
function document(content: object): Handler {
  const bytes = Buffer.from(JSON.stringify(content));
  const headers = { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length };
  return (_request, response) => void response.writeHead(200, headers).end(bytes);
}

const issuer = process.env.ISSUER;

/** GET /.well-known/openid-configuration. */
export const discovery = document({
  issuer,
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  jwks_uri: `${issuer}/oauth/jwks`,
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  code_challenge_methods_supported: ['S256'],
});

/** GET /oauth/jwks. */
export const keys = document({ keys: [{ ...publicJwk, alg: 'ES256', use: 'sig' }] });

async function subjectOf(request: IncomingMessage): Promise<string | undefined> {
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  return token.includes('.') ? readJwt(token)?.sub : (await findAccessToken(token))?.subject;
}
