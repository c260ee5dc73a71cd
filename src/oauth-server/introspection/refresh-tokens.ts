import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { PreparedSql, type Statement } from '../../common/database/prepared-sql.js';
import { digestOf, periodOfToken } from '../../common/random-token.js';
import type { TokenFamilyReference } from '../token/token-family.js';

/** What a refresh token stands for. */
export interface KnownRefreshToken {
  readonly family: TokenFamilyReference;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date;
  /** False when it was spent or expired, or when its family is revoked. */
  readonly isActive: boolean;
}

interface Row {
  family_period: number;
  family_id: string;
  client_id: string;
  user_id: string;
  scopes: string[];
  expires_at: Date;
  is_over: boolean;
}

const FIND: Statement = {
  name: 'refresh-token-inspect',
  text: `SELECT t.family_period, t.family_id, f.client_id, f.user_id, f.scopes, t.expires_at,
           t.spent_at IS NOT NULL OR f.revoked_at IS NOT NULL AS is_over
         FROM refresh_tokens t JOIN token_families f ON f.period = t.family_period AND f.id = t.family_id
         WHERE t.period = $1 AND t.digest = $2`,
};

/** Reads refresh tokens for whoever asks about one without using it. */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
  ) {}

  /** Undefined when this is no refresh token of this server; a malformed one costs no query. */
  async find(token: string): Promise<KnownRefreshToken | undefined> {
    const period = periodOfToken('rt', token);
    const row = period === undefined ? undefined : await this.sql.row<Row>(FIND, [period, digestOf(token)]);
    return (
      row && {
        family: { period: row.family_period, id: row.family_id },
        clientId: row.client_id,
        userId: row.user_id,
        scopes: row.scopes,
        expiresAt: row.expires_at,
        isActive: !row.is_over && row.expires_at > this.clock.now(),
      }
    );
  }
}
