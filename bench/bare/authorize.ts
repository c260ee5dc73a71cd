import { randomUUID } from 'node:crypto';
import { clients } from './clients.js';
import { type Handler, refuse } from './handler.js';
import { statement } from './statement.js';
import { keyOf, monthOf, newToken, weekOf } from './token-text.js';

const CODE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;
const FAMILY_MILLISECONDS = 365 * DAY_MILLISECONDS;

interface SessionRow {
  session_id: string;
  subject: string;
  auth_time: Date;
  amr: string[];
}

const findSession = statement<SessionRow>(
  'bare-session-find',
  `SELECT session_id, subject, auth_time, amr, confirmed_at, last_seen_at
   FROM gatehouse.sign_in_sessions JOIN gatehouse.users ON id = subject::uuid AND disabled_at IS NULL
   WHERE period = $1 AND digest = $2 AND expires_at > $3 AND last_seen_at > $4`,
);

const findAuthorization = statement<{ id: string; scopes: string[] }>(
  'bare-authorization-find',
  'SELECT id, scopes FROM gatehouse.authorizations WHERE subject = $1 AND client_id = $2 AND revoked_at IS NULL',
);

const insertCode = statement(
  'bare-code-insert',
  `INSERT INTO gatehouse.authorization_codes (period, digest, family_period, family_id, authorization_id, client_id, subject,
     sign_in, granted, redirect_uri, code_challenge, code_challenge_method, nonce, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/** GET /oauth/authorize for an end user who is signed in and has allowed the client everything before. */
export const authorize: Handler = async (request, response) => {
  const query = new URLSearchParams(request.url?.slice(request.url.indexOf('?') + 1));
  const client = clients.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!client?.redirectUris.includes(redirectUri) || query.get('response_type') !== 'code')
    return refuse(response, 400);
  const now = new Date();
  const [, cookie = ''] = /gatehouse_session=([^;]+)/.exec(request.headers.cookie ?? '') ?? [];
  const [session] = await findSession(...keyOf(cookie), now, new Date(now.getTime() - DAY_MILLISECONDS));
  const [held] = session === undefined ? [] : await findAuthorization(session.subject, client.id);
  const scopes = query.get('scope')?.split(' ') ?? [];
  if (session === undefined || !scopes.every((scope) => held?.scopes.includes(scope))) return refuse(response, 403);
  const expiresAt = new Date(now.getTime() + CODE_MILLISECONDS);
  const code = newToken('ac', weekOf(expiresAt));
  await insertCode(
    ...keyOf(code),
    monthOf(new Date(now.getTime() + FAMILY_MILLISECONDS)),
    randomUUID(),
    held?.id,
    client.id,
    session.subject,
    { sessionId: session.session_id, authTime: session.auth_time, amr: session.amr },
    { scopes },
    redirectUri,
    query.get('code_challenge'),
    query.get('code_challenge_method'),
    query.get('nonce'),
    expiresAt,
  );
  const answer = new URLSearchParams({ code, state: query.get('state') ?? '', iss: process.env.ISSUER ?? '' });
  response.writeHead(302, { Location: `${redirectUri}?${answer}`, 'Content-Length': 0 }).end();
};
