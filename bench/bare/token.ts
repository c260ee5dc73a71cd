import { hash, randomUUID } from 'node:crypto';
import { authenticate, type BareClient } from './clients.js';
import { type Handler, NOT_KEPT, readForm, refuse, sendJson } from './handler.js';
import { signJwt } from './jwt.js';
import { sessionOfSubject } from './sessions.js';
import {
  LIFETIME_SECONDS,
  newToken,
  redeemCode,
  rotateRefreshToken,
  storeAccessToken,
  type TokenRow,
} from './tokens.js';

type Grant = (client: BareClient, form: URLSearchParams) => Promise<object | undefined>;

const grants: Record<string, Grant> = {
  authorization_code: (client, form) => exchange(client, form, redeemCode),
  refresh_token: (client, form) => exchange(client, form, rotateRefreshToken),
  client_credentials: async (client) => ({
    access_token: client.isOpaque ? await issueOpaque(client) : accessJwt(client, client.id),
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

async function issueOpaque({ id, scope }: BareClient): Promise<string> {
  const opaque = newToken();
  await storeAccessToken(opaque, id, id, scope);
  return opaque;
}

/** Trades a code or refresh token in for new tokens, in one statement. */
async function exchange(
  client: BareClient,
  form: URLSearchParams,
  spend: typeof redeemCode,
): Promise<object | undefined> {
  const tokens = { accessToken: newToken(), refreshToken: newToken() };
  const row = await spend(client.id, form, tokens);
  if (row === undefined) return undefined;
  const accessToken = client.isOpaque ? tokens.accessToken : accessJwt(client, row.subject);
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: LIFETIME_SECONDS,
    refresh_token: tokens.refreshToken,
    scope: row.scope,
    id_token: idToken(client, row, accessToken),
  };
}

function accessJwt(client: BareClient, sub: string): string {
  const iat = Math.floor(Date.now() / 1000);
  return signJwt('at+jwt', {
    iss: process.env.ISSUER,
    aud: process.env.ISSUER,
    client_id: client.id,
    sub,
    iat,
    exp: iat + LIFETIME_SECONDS,
    jti: randomUUID(),
    scope: client.scope,
  });
}

function idToken(client: BareClient, { subject, nonce }: TokenRow, accessToken: string): string {
  const iat = Math.floor(Date.now() / 1000);
  const { id, authTime } = sessionOfSubject(subject) ?? {};
  return signJwt('JWT', {
    iss: process.env.ISSUER,
    sub: subject,
    aud: client.id,
    iat,
    exp: iat + LIFETIME_SECONDS,
    auth_time: authTime,
    sid: id,
    nonce,
    at_hash: hash('sha256', accessToken, 'buffer').toString('base64url', 0, 16),
  });
}
