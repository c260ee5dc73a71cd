import { randomUUID } from 'node:crypto';
import type { BareClient } from './clients.js';
import { signJwt } from './jwt.js';
import { statement } from './statement.js';
import { keyOf, newToken, weekOf } from './token-text.js';

/** How long an access token of this server lives. */
export const LIFETIME_SECONDS = 600;

/** The row of an opaque access token. */
export interface AccessTokenRow {
  client_id: string;
  subject: string;
  scopes: string[];
  audience: string[];
  issued_at: Date;
  expires_at: Date;
  token_id: string;
  is_revoked: boolean;
}

const insert = statement(
  'bare-access-token-insert',
  `INSERT INTO gatehouse.access_tokens (period, digest, token_id, client_id, subject, scopes, audience, issued_at,
     expires_at)
   VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8)`,
);

const find = statement<AccessTokenRow>(
  'bare-access-token-find',
  `SELECT t.token_id, t.client_id, t.subject, t.scopes, t.audience, t.issued_at, t.expires_at,
     t.revoked_at IS NOT NULL OR f.revoked_at IS NOT NULL AS is_revoked
   FROM gatehouse.access_tokens t LEFT JOIN gatehouse.token_families f ON f.period = t.family_period AND f.id = t.family_id
   WHERE t.period = $1 AND t.digest = $2`,
);

/** An opaque access token for the client itself: one row. */
export async function issueOpaque(client: BareClient): Promise<string> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + LIFETIME_SECONDS * 1000);
  const token = newToken('at', weekOf(expiresAt));
  const scopes = client.scope.split(' ');
  await insert(...keyOf(token), randomUUID(), client.id, scopes, [process.env.ISSUER], now, expiresAt);
  return token;
}

/** A JWT access token: one signature. */
export function issueJwt(
  client: BareClient,
  claims: { readonly sub: string; readonly auth_time?: number; readonly gatehouse_family?: string },
): string {
  const iat = Math.floor(Date.now() / 1000);
  return signJwt('at+jwt', {
    iss: process.env.ISSUER,
    aud: process.env.ISSUER,
    client_id: client.id,
    iat,
    exp: iat + LIFETIME_SECONDS,
    jti: randomUUID(),
    scope: client.scope,
    ...claims,
  });
}

/** The row of a live opaque access token. */
export async function findOpaque(token: string): Promise<AccessTokenRow | undefined> {
  const [row] = await find(...keyOf(token));
  return row && !row.is_revoked && row.expires_at.getTime() > Date.now() ? row : undefined;
}
