import { hash } from 'node:crypto';
import { issueJwt, LIFETIME_SECONDS } from './access-tokens.js';
import type { BareClient } from './clients.js';
import { signJwt } from './jwt.js';
import { monthOf, newToken } from './token-text.js';

const REFRESH_MILLISECONDS = 30 * 86_400_000;

/** What a code or refresh token says of the sign-in that it comes from. */
export interface Family {
  readonly period: number;
  readonly id: string;
  readonly authorization_id: string;
  readonly subject: string;
  readonly sign_in: { readonly sessionId: string; readonly authTime: string; readonly amr: string[] };
  readonly granted: { readonly scopes: string[] };
  readonly nonce?: string;
}

/** A successful answer. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly refresh_token: string;
  readonly scope: string;
  readonly id_token: string;
}

/** Access token, refresh token and id_token: two ES256 signatures. */
export function newTokens(client: BareClient, family: Family): { answer: TokenAnswer; refreshExpiresAt: Date } {
  const refreshExpiresAt = new Date(Date.now() + REFRESH_MILLISECONDS);
  const authTime = Math.floor(Date.parse(family.sign_in.authTime) / 1000);
  const accessToken = issueJwt(client, {
    sub: family.subject,
    auth_time: authTime,
    gatehouse_family: `${family.period.toString(36)}.${family.id}`,
  });
  const answer = {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: LIFETIME_SECONDS,
    refresh_token: newToken('rt', monthOf(refreshExpiresAt)),
    scope: family.granted.scopes.join(' '),
    id_token: idToken(client, family, authTime, accessToken),
  } as const;
  return { answer, refreshExpiresAt };
}

function idToken(client: BareClient, family: Family, authTime: number, accessToken: string): string {
  const iat = Math.floor(Date.now() / 1000);
  return signJwt('JWT', {
    iss: process.env.ISSUER,
    sub: family.subject,
    aud: client.id,
    iat,
    exp: iat + LIFETIME_SECONDS,
    auth_time: authTime,
    amr: family.sign_in.amr,
    sid: family.sign_in.sessionId,
    nonce: family.nonce,
    at_hash: hash('sha256', accessToken, 'buffer').toString('base64url', 0, 16),
  });
}
