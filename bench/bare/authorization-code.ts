import { hash } from 'node:crypto';
import type { BareClient } from './clients.js';
import { statement } from './statement.js';
import { type Family, newTokens, type TokenAnswer } from './token-family.js';
import { keyOf } from './token-text.js';

const FAMILY_MILLISECONDS = 365 * 86_400_000;

interface CodeRow extends Omit<Family, 'period' | 'id'> {
  family_period: number;
  family_id: string;
  client_id: string;
  redirect_uri: string;
  code_challenge: string;
  expires_at: Date;
  spent_at: Date | null;
}

const find = statement<CodeRow>(
  'bare-code-find',
  `SELECT family_period, family_id, authorization_id, client_id, subject, sign_in, granted, redirect_uri,
     code_challenge, code_challenge_method, nonce, expires_at, spent_at
   FROM gatehouse.authorization_codes JOIN gatehouse.users ON id = subject::uuid AND disabled_at IS NULL
   WHERE period = $1 AND digest = $2`,
);

const redeem = statement(
  'bare-code-redeem',
  `WITH allowed AS (
     SELECT id FROM gatehouse.authorizations WHERE id = $6 AND revoked_at IS NULL FOR SHARE
   ), spent AS (
     UPDATE gatehouse.authorization_codes SET spent_at = $3 FROM allowed
     WHERE period = $1 AND digest = $2 AND spent_at IS NULL RETURNING 1
   ), family AS (
     INSERT INTO gatehouse.token_families (period, id, authorization_id, client_id, subject, sign_in, granted, expires_at)
     SELECT $4::int, $5::uuid, $6::uuid, $7, $8, $9::jsonb, $10::jsonb, $11::timestamptz FROM spent
   )
   INSERT INTO gatehouse.refresh_tokens (period, digest, family_period, family_id, expires_at)
   SELECT $12::int, $13::bytea, $4::int, $5::uuid, $14::timestamptz FROM spent RETURNING 1`,
);

/** The authorization code grant, with PKCE. */
export async function authorizationCode(client: BareClient, form: URLSearchParams): Promise<TokenAnswer | undefined> {
  const key = keyOf(form.get('code') ?? '');
  const [row] = await find(...key);
  const challenge = hash('sha256', form.get('code_verifier') ?? '', 'base64url');
  if (row === undefined || row.client_id !== client.id || row.redirect_uri !== form.get('redirect_uri')) return;
  if (row.spent_at !== null || row.expires_at.getTime() <= Date.now() || row.code_challenge !== challenge) return;
  const { answer, refreshExpiresAt } = newTokens(client, { ...row, period: row.family_period, id: row.family_id });
  const now = new Date();
  const spent = await redeem(
    ...key,
    now,
    row.family_period,
    row.family_id,
    row.authorization_id,
    client.id,
    row.subject,
    row.sign_in,
    row.granted,
    new Date(now.getTime() + FAMILY_MILLISECONDS),
    ...keyOf(answer.refresh_token),
    refreshExpiresAt,
  );
  return spent.length === 1 ? answer : undefined;
}
