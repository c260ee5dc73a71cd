import { Injectable } from '@nestjs/common';
import { digestOf, periodOfToken } from '../../common/crypto/random-token.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { byteaText, insertJsonRows, type JsonRow } from '../../common/database/json-row.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { MintedTokens } from '../tokens/minted-tokens.js';
import { insertAccessTokens } from './access-token.repository.js';
import { RefreshTokenEntity } from './entities/refresh-token.entity.js';
import type { TokenFamily, TokenFamilyReference } from './token-family.js';
import { type TokenFamilyRow, tokenFamilyOf } from './token-family-row.js';

/** Refresh tokens live at most 400 days. */
export const REFRESH_TOKENS = new ExpiringTable(RefreshTokenEntity, 30, 400);
const COLUMNS = ['period', 'digest', 'family_period', 'family_id', 'expires_at'] as const;

/** A refresh token with the family that it is a link of. */
export interface StoredRefreshToken {
  readonly family: TokenFamily;
  /** Undefined while the family stands. */
  readonly revokedAt: Date | undefined;
  readonly expiresAt: Date;
  /** When it was spent and what for, sealed; undefined while it can be spent. */
  readonly spent: { readonly at: Date; readonly sealedResponse: Buffer } | undefined;
}

interface Row extends TokenFamilyRow {
  expires_at: Date;
  spent_at: Date | null;
  sealed_response: Buffer;
  family_expires_at: Date;
  revoked_at: Date | null;
}

const FIND = new Statement(
  'refresh-token-find',
  `SELECT t.expires_at, t.spent_at, t.sealed_response, f.period, f.id, f.authorization_id, f.client_id, f.user_id,
           f.session_id, f.scopes, f.auth_time, f.amr, f.expires_at AS family_expires_at, f.revoked_at
         FROM gatehouse.refresh_tokens t JOIN gatehouse.token_families f ON f.period = t.family_period AND f.id = t.family_id
         WHERE t.period = $1 AND t.digest = $2`,
);

const ROTATE = new Statement(
  'refresh-token-rotate',
  `WITH spent AS (
           UPDATE gatehouse.refresh_tokens t SET spent_at = $3, sealed_response = $4 FROM gatehouse.token_families f
           WHERE t.period = $1 AND t.digest = $2 AND t.spent_at IS NULL
             AND f.period = t.family_period AND f.id = t.family_id AND f.revoked_at IS NULL
           RETURNING 1
         ), successor AS (
           ${insertRefreshTokens('$5', 'spent')}
         ), access_token AS (
           ${insertAccessTokens('$6', 'spent')}
         )
         SELECT 1 FROM spent`,
);

/** Refresh tokens in the table `refresh_tokens`, as digests. */
@Injectable()
@ExpiringRows(REFRESH_TOKENS)
export class RefreshTokenRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** The token, spent or not; one that is mistyped or of another kind costs no query. */
  async find(token: string): Promise<StoredRefreshToken | undefined> {
    const period = periodOfToken('rt', token);
    if (period === undefined) return undefined;
    const row = await this.sql.row<Row>(FIND, [period, digestOf(token)]);
    return row && storedTokenOf(row);
  }

  /**
   * Spends the token and stores what it gave, in one statement: its successor, the access token if that is stored, and
   * the sealed response for a retry. False, and nothing is stored, when it is spent already or its family revoked.
   */
  async rotate(token: string, spentAt: Date, sealedResponse: Buffer, minted: MintedTokens): Promise<boolean> {
    const { refreshTokens, accessTokens } = minted;
    const rows = [JSON.stringify(refreshTokens), JSON.stringify(accessTokens)];
    const key = [periodOfToken('rt', token), digestOf(token)];
    return (await this.sql.count(ROTATE, [...key, spentAt, sealedResponse, ...rows])) === 1;
  }
}

/** The INSERT of rows that `refreshTokenRow` made, from a parameter, if the common table expression has a row. */
export function insertRefreshTokens(parameter: `$${number}`, ifAny: string): string {
  return insertJsonRows(REFRESH_TOKENS.qualifiedName, COLUMNS, parameter, ifAny);
}

/** The row that stores a refresh token. */
export function refreshTokenRow(
  token: string,
  family: TokenFamilyReference,
  expiresAt: Date,
): JsonRow<(typeof COLUMNS)[number]> {
  return {
    period: REFRESH_TOKENS.periodOf(expiresAt),
    digest: byteaText(digestOf(token)),
    family_period: family.period,
    family_id: family.id,
    expires_at: expiresAt,
  };
}

function storedTokenOf(row: Row): StoredRefreshToken {
  return {
    family: tokenFamilyOf(row, row.family_expires_at),
    revokedAt: row.revoked_at ?? undefined,
    expiresAt: row.expires_at,
    spent: row.spent_at === null ? undefined : { at: row.spent_at, sealedResponse: row.sealed_response },
  };
}
