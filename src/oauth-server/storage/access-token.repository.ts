import { Injectable } from '@nestjs/common';
import { digestOf } from '../../common/crypto/random-token.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { byteaText, insertJsonRows, type JsonRow } from '../../common/database/json-row.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { AccessTokenClaims } from '../tokens/formats/token-format.js';
import { AccessTokenEntity } from './entities/access-token.entity.js';

/** Opaque access tokens live at most 31 days. */
export const ACCESS_TOKENS = new ExpiringTable(AccessTokenEntity, 7, 31);
const MAX_ROWS_AN_INSERT = 256;
const COLUMNS = [
  'period',
  'digest',
  'token_id',
  'family_period',
  'family_id',
  'client_id',
  'user_id',
  'scopes',
  'audience',
  'issued_at',
  'expires_at',
] as const;

interface Waiting {
  readonly row: JsonRow;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const INSERT = new Statement('access-tokens-insert', insertAccessTokens('$1'));

/** Access tokens in the table `access_tokens`. Those that arrive together are written by one INSERT. */
@Injectable()
@ExpiringRows(ACCESS_TOKENS)
export class AccessTokenRepository {
  #waiting: Waiting[] = [];

  constructor(private readonly sql: PreparedSql) {}

  /** Resolves when the row is committed. */
  insert(row: JsonRow): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#insertWaiting());
      this.#waiting.push({ row, resolve, reject });
      if (this.#waiting.length === MAX_ROWS_AN_INSERT) this.#insertWaiting();
    });
  }

  #insertWaiting(): void {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    this.sql.count(INSERT, [JSON.stringify(batch.map(({ row }) => row))]).then(
      () => batch.forEach(({ resolve }) => void resolve()),
      (error) => batch.forEach(({ reject }) => void reject(error)),
    );
  }
}

/** The INSERT of rows that `accessTokenRow` made, from a parameter, if the common table expression has a row. */
export function insertAccessTokens(parameter: `$${number}`, ifAny?: string): string {
  return insertJsonRows(ACCESS_TOKENS.qualifiedName, COLUMNS, parameter, ifAny);
}

/** The row that stores an access token. */
export function accessTokenRow(token: string, claims: AccessTokenClaims): JsonRow<(typeof COLUMNS)[number]> {
  return {
    period: ACCESS_TOKENS.periodOf(claims.expiresAt),
    digest: byteaText(digestOf(token)),
    token_id: claims.tokenId,
    family_period: claims.family?.period,
    family_id: claims.family?.id,
    client_id: claims.client.id,
    user_id: claims.family?.userId,
    scopes: claims.scopes,
    audience: claims.audience,
    issued_at: claims.issuedAt,
    expires_at: claims.expiresAt,
  };
}
