import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decrypt, encrypt } from '../../common/crypto/aes-gcm.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { RowOf } from '../../common/database/table.js';
import { Clock } from '../../common/time/clock.js';
import { REFRESH_TOKENS, TOKEN_FAMILIES } from './expiring-tables.js';

import { issuingStatement } from './issuing.repository.js';
import { type TokenFamily, tokenFamilyFields } from './token-family.js';

/** A refresh token with the family that it is a link of. */
export interface StoredRefreshToken {
  readonly family: TokenFamily;
  /** Undefined while the family stands. */
  readonly revokedAt: Date | undefined;
  readonly expiresAt: Date;
  /** When it was spent and what for, sealed; undefined while it can be spent. */
  readonly spent: { readonly at: Date; readonly sealedResponse: Buffer } | undefined;
}

const TOKEN = REFRESH_TOKENS.columns('expiresAt', 'spentAt', 'sealedResponse');
const FAMILY = TOKEN_FAMILIES.columns(
  'period',
  'id',
  'authorizationId',
  'clientId',
  'subject',
  'signIn',
  'granted',
  'confirmation',
  'revokedAt',
);

type Row = RowOf<typeof TOKEN> & RowOf<typeof FAMILY> & { readonly familyExpiresAt: Date };

const FIND = new Statement(
  'refresh-token-find',
  `SELECT ${TOKEN.of('t')}, ${FAMILY.of('f')}, f.expires_at AS "familyExpiresAt"
   FROM gatehouse.refresh_tokens t JOIN gatehouse.token_families f ON f.period = t.family_period AND f.id = t.family_id
   WHERE t.period = $1 AND t.digest = $2`,
);

const SPEND = {
  name: 'refresh-token',
  sql: `UPDATE gatehouse.refresh_tokens t SET spent_at = $3, sealed_response = $4 FROM gatehouse.token_families f
        WHERE t.period = $1 AND t.digest = $2 AND t.spent_at IS NULL
          AND f.period = t.family_period AND f.id = t.family_id AND f.revoked_at IS NULL
        RETURNING 1`,
};
issuingStatement(SPEND, false);

/** Refresh tokens in the table `refresh_tokens`, as digests. */
@Injectable()
@ExpiringRows(REFRESH_TOKENS)
export class RefreshTokenRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
  ) {}

  /** The token, spent or not; a text that is mistyped or no refresh token costs no query. */
  async find(token: string): Promise<StoredRefreshToken | undefined> {
    const key = REFRESH_TOKENS.keyOf(token);
    if (key === undefined) return undefined;
    const row = await this.sql.row<Row>(FIND, [key.period, key.digest]);
    return row && storedTokenOf(row);
  }

  /**
   * The statement that spends an unspent token of a family that stands, and keeps the response sealed for a retry; to be
   * handed to the token issuer.
   */
  spending(token: string) {
    const key = REFRESH_TOKENS.keyOf(token);
    return {
      ...SPEND,
      values: (response: object) => [key?.period, key?.digest, this.clock.now(), sealResponse(response, token)],
    };
  }
}

function storedTokenOf(row: Row): StoredRefreshToken {
  const { spentAt, sealedResponse } = row;
  return {
    family: { ...tokenFamilyFields(row), period: row.period, id: row.id, expiresAt: row.familyExpiresAt },
    revokedAt: row.revokedAt ?? undefined,
    expiresAt: row.expiresAt,
    spent: spentAt === null || sealedResponse === null ? undefined : { at: spentAt, sealedResponse },
  };
}

/** Seals a response under a key derived from the token that was spent for it: only that token's holder can open it. */
export function sealResponse(response: object, spentToken: string): Buffer {
  return encrypt(keyOf(spentToken), JSON.stringify(response));
}

/** Opens what `sealResponse` made for the same token. The caller knows the shape. Throws for any other token. */
export function openResponse<Response extends object>(sealed: Buffer, spentToken: string): Response {
  return JSON.parse(decrypt(keyOf(spentToken), sealed).toString('utf8')) as Response;
}

/** The database has the token's SHA-256 only, from which this key cannot be made. */
function keyOf(token: string): Buffer {
  return createHmac('sha256', token).update('gatehouse token response').digest();
}
