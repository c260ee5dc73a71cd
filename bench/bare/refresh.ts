import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import type { BareClient } from './clients.js';
import { statement } from './statement.js';
import { type Family, newTokens, type TokenAnswer } from './token-family.js';
import { keyOf } from './token-text.js';

interface RefreshRow extends Family {
  client_id: string;
  expires_at: Date;
  spent_at: Date | null;
  revoked_at: Date | null;
}

const find = statement<RefreshRow>(
  'bare-refresh-find',
  `SELECT t.expires_at, t.spent_at, t.sealed_response, f.period, f.id, f.authorization_id, f.client_id, f.subject,
     f.sign_in, f.granted, f.expires_at AS family_expires_at, f.revoked_at
   FROM gatehouse.refresh_tokens t JOIN gatehouse.token_families f ON f.period = t.family_period AND f.id = t.family_id
     JOIN gatehouse.users u ON u.id = f.subject::uuid AND u.disabled_at IS NULL
   WHERE t.period = $1 AND t.digest = $2`,
);

const rotate = statement(
  'bare-refresh-rotate',
  `WITH spent AS (
     UPDATE gatehouse.refresh_tokens t SET spent_at = $3, sealed_response = $4 FROM gatehouse.token_families f
     WHERE t.period = $1 AND t.digest = $2 AND t.spent_at IS NULL
       AND f.period = t.family_period AND f.id = t.family_id AND f.revoked_at IS NULL
     RETURNING family_period, family_id
   )
   INSERT INTO gatehouse.refresh_tokens (period, digest, family_period, family_id, expires_at)
   SELECT $5::int, $6::bytea, family_period, family_id, $7::timestamptz FROM spent RETURNING 1`,
);

/** The refresh token grant, with rotation; the answer is kept sealed under the token that was spent. */
export async function refreshToken(client: BareClient, form: URLSearchParams): Promise<TokenAnswer | undefined> {
  const presented = form.get('refresh_token') ?? '';
  const key = keyOf(presented);
  const [row] = await find(...key);
  if (row === undefined || row.client_id !== client.id || row.revoked_at !== null) return;
  if (row.spent_at !== null || row.expires_at.getTime() <= Date.now()) return;
  const { answer, refreshExpiresAt } = newTokens(client, row);
  const sealed = seal(JSON.stringify(answer), presented);
  const rotated = await rotate(...key, new Date(), sealed, ...keyOf(answer.refresh_token), refreshExpiresAt);
  return rotated.length === 1 ? answer : undefined;
}

function seal(text: string, secret: string): Buffer {
  const iv = randomBytes(12);
  const key = createHmac('sha256', secret).update('replay').digest();
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}
