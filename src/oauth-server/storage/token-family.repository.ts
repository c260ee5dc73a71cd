import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { insertJsonRows, type JsonRow } from '../../common/database/json-row.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Clock } from '../../common/time/clock.js';
import type { MintedTokens } from '../tokens/minted-tokens.js';
import { insertAccessTokens } from './access-token.repository.js';
import { TokenFamilyEntity } from './entities/token-family.entity.js';
import { insertRefreshTokens } from './refresh-token.repository.js';
import { REVOCATIONS } from './revocation.repository.js';
import { RevocationFeed } from './revocation-feed.js';
import type { TokenFamily, TokenFamilyReference } from './token-family.js';

/** Token families live at most 400 days. */
export const TOKEN_FAMILIES = new ExpiringTable(TokenFamilyEntity, 30, 400);
const COLUMNS = [
  'period',
  'id',
  'authorization_id',
  'client_id',
  'user_id',
  'session_id',
  'scopes',
  'auth_time',
  'amr',
  'expires_at',
] as const;

/** The authorization is locked, so that it cannot be taken back between the look at it and the new family. */
const FOUND = new Statement(
  'token-family-found',
  `WITH allowed AS (
           SELECT FROM gatehouse.authorizations WHERE id = $1 AND revoked_at IS NULL FOR SHARE
         ), family AS (
           ${insertTokenFamilies('$2', 'allowed')}
         ), refresh_token AS (
           ${insertRefreshTokens('$3', 'allowed')}
         ), access_token AS (
           ${insertAccessTokens('$4', 'allowed')}
         )
         SELECT 1 FROM allowed`,
);

const REVOKE = new Statement(
  'token-family-revoke',
  `WITH revoked AS (
           UPDATE gatehouse.token_families SET revoked_at = $3, revoked_because = $4
           WHERE period = $1 AND id = $2 AND revoked_at IS NULL RETURNING id
         )
         INSERT INTO gatehouse.revocations (revoked_id, period, expires_at) SELECT id, $5, $6 FROM revoked ON CONFLICT DO NOTHING`,
);

/** Token families in the table `token_families`. */
@Injectable()
@ExpiringRows(TOKEN_FAMILIES)
export class TokenFamilyRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    private readonly feed: RevocationFeed,
  ) {}

  /**
   * Stores a family with its first tokens, in one statement. False, and nothing is stored, when the end user has taken
   * the authorization back.
   */
  async found(family: TokenFamily, { refreshTokens, accessTokens }: MintedTokens): Promise<boolean> {
    const rows = [[tokenFamilyRow(family)], refreshTokens, accessTokens];
    const values = [family.authorizationId, ...rows.map((row) => JSON.stringify(row))];
    return (await this.sql.count(FOUND, values)) === 1;
  }

  /**
   * Ends everything issued from this sign-in in one statement: at once here, and on every other node as soon as it hears
   * of it. Once more changes nothing.
   */
  async revoke({ period, id }: TokenFamilyReference, because: string): Promise<void> {
    const now = this.clock.now();
    const lastExpiry = REVOCATIONS.latestExpiry(now);
    await this.sql.count(REVOKE, [period, id, now, because, REVOCATIONS.periodOf(lastExpiry), lastExpiry]);
    this.feed.note(id);
  }
}

/** The INSERT of rows that `tokenFamilyRow` made, from a parameter, if the common table expression has a row. */
export function insertTokenFamilies(parameter: `$${number}`, ifAny: string): string {
  return insertJsonRows(TOKEN_FAMILIES.qualifiedName, COLUMNS, parameter, ifAny);
}

/** The row that stores a family. */
export function tokenFamilyRow(family: TokenFamily): JsonRow<(typeof COLUMNS)[number]> {
  return {
    period: family.period,
    id: family.id,
    authorization_id: family.authorizationId,
    client_id: family.clientId,
    user_id: family.userId,
    session_id: family.sessionId,
    scopes: family.scopes,
    auth_time: family.authTime,
    amr: family.amr,
    expires_at: family.expiresAt,
  };
}
