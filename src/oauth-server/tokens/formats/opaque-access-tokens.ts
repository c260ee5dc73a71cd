import { Injectable } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import { digestOf } from '../../../common/crypto/random-token.js';
import { PreparedSql } from '../../../common/database/prepared-sql.js';
import { Statement } from '../../../common/database/statement.js';
import { InvalidTokenError } from '../../../common/errors/rfc6750.errors.js';
import { Clock } from '../../../common/time/clock.js';

interface Row {
  token_id: string;
  client_id: string;
  user_id: string | null;
  scopes: string[];
  audience: string[];
  issued_at: Date;
  expires_at: Date;
  is_revoked: boolean;
}

/** A token whose family has gone with its partition is over: nothing tells any more whether it was revoked. */
const FIND = new Statement(
  'access-token-find',
  `SELECT t.token_id, t.client_id, t.user_id, t.scopes, t.audience, t.issued_at, t.expires_at,
           t.revoked_at IS NOT NULL OR f.revoked_at IS NOT NULL OR (f.id IS NULL AND t.family_id IS NOT NULL)
             AS is_revoked
         FROM gatehouse.access_tokens t LEFT JOIN gatehouse.token_families f ON f.period = t.family_period AND f.id = t.family_id
         WHERE t.period = $1 AND t.digest = $2`,
);

const REVOKE = new Statement(
  'access-token-revoke',
  'UPDATE gatehouse.access_tokens SET revoked_at = $3 WHERE period = $1 AND digest = $2 AND revoked_at IS NULL',
);

/** Reads and revokes opaque access tokens, which are rows of `access_tokens`. */
@Injectable()
export class OpaqueAccessTokens {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
  ) {}

  /** What the token of this period says. Raises InvalidTokenError when it is unknown, expired or revoked. */
  async read(token: string, period: number): Promise<VerifiedAccessToken> {
    const row = await this.sql.row<Row>(FIND, [period, digestOf(token)]);
    if (row === undefined) throw new InvalidTokenError({ description: 'This server issued no such access token' });
    if (row.is_revoked) throw new InvalidTokenError({ description: 'The access token is revoked' });
    if (row.expires_at <= this.clock.now()) throw new InvalidTokenError({ description: 'The access token is expired' });
    return {
      tokenId: row.token_id,
      clientId: row.client_id,
      subject: row.user_id ?? row.client_id,
      userId: row.user_id ?? undefined,
      scopes: row.scopes,
      audience: row.audience,
      issuedAt: row.issued_at,
      expiresAt: row.expires_at,
    };
  }

  /** Revokes the token of this period alone; once more changes nothing. */
  async revoke(token: string, period: number): Promise<void> {
    await this.sql.count(REVOKE, [period, digestOf(token), this.clock.now()]);
  }
}
