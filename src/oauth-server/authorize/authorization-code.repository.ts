import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { PreparedSql, type Statement } from '../../common/database/prepared-sql.js';
import { createToken, digestOf } from '../../common/random-token.js';
import { TOKEN_FAMILIES } from '../token/token-family.repository.js';
import { TokenLifetimes } from '../token/token-lifetimes.js';
import type { GrantedRequest } from './response-type.js';

/** Kept for a while after its end, so that a replayed code is known for one. */
export const AUTHORIZATION_CODES = new ExpiringTable('authorization_codes', 7, 31);
const DEFAULT_LIFETIME_SECONDS = 60;

const CREATE: Statement = {
  name: 'authorization-code-create',
  text: `INSERT INTO authorization_codes (period, digest, family_period, family_id, authorization_id, client_id, user_id,
           session_id, redirect_uri, code_challenge, code_challenge_method, scopes, nonce, auth_time, amr, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
};

/** Authorization codes in the table `authorization_codes`, as digests. */
@Injectable()
@ExpiringRows(AUTHORIZATION_CODES)
export class AuthorizationCodeRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    private readonly lifetimes: TokenLifetimes,
  ) {}

  /**
   * A fresh code for what was granted, good for the client's `authorization_code_lifetime` or one minute. The token
   * family that it will found is named already, so that a replayed code finds what it gave.
   */
  async create(granted: GrantedRequest): Promise<string> {
    const { client, endUser, codeChallenge = null, codeChallengeMethod = null } = granted;
    const lifetimeSeconds = client.metadata.authorization_code_lifetime ?? DEFAULT_LIFETIME_SECONDS;
    const now = this.clock.now().getTime();
    const expiresAt = new Date(now + lifetimeSeconds * 1000);
    const period = AUTHORIZATION_CODES.periodOf(expiresAt);
    const code = createToken('ac', period);
    await this.sql.count(CREATE, [
      period,
      digestOf(code),
      TOKEN_FAMILIES.periodOf(new Date(now + this.lifetimes.tokenFamilySeconds * 1000)),
      randomUUID(),
      granted.authorizationId,
      client.id,
      endUser.userId,
      endUser.sessionId,
      granted.redirectUriParameter ?? null,
      codeChallenge,
      codeChallengeMethod,
      granted.scopes,
      granted.nonce ?? null,
      endUser.authTime,
      endUser.amr,
      expiresAt,
    ]);
    return code;
  }
}
