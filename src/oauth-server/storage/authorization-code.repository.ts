import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CodeChallengeMethod } from '../../common/crypto/pkce.js';
import { createToken, digestOf, periodOfToken } from '../../common/crypto/random-token.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import type { GrantedRequest } from '../authorization-endpoint/response-types/response-type.js';
import type { MintedTokens } from '../tokens/minted-tokens.js';
import { TokenLifetimes } from '../tokens/token-lifetimes.js';
import { insertAccessTokens } from './access-token.repository.js';
import { AuthorizationCodeEntity } from './entities/authorization-code.entity.js';
import { insertRefreshTokens } from './refresh-token.repository.js';
import type { TokenFamily } from './token-family.js';
import { insertTokenFamilies, TOKEN_FAMILIES, tokenFamilyRow } from './token-family.repository.js';
import { type TokenFamilyRow, tokenFamilyOf } from './token-family-row.js';

/** Kept for a while after its end, so that a replayed code is known for one. */
export const AUTHORIZATION_CODES = new ExpiringTable(AuthorizationCodeEntity, 7, 31);
const DEFAULT_LIFETIME_SECONDS = 60;

/** What a code stands for. */
export interface StoredAuthorizationCode {
  /** The family that redeeming it founds, or has founded. */
  readonly family: TokenFamily;
  /** The parameter of the authorization request; undefined when it was left out. */
  readonly redirectUri: string | undefined;
  readonly challenge: { readonly text: string; readonly method: CodeChallengeMethod } | undefined;
  /** Of the authorization request, for the id_token. */
  readonly nonce: string | undefined;
  readonly isSpent: boolean;
  readonly expiresAt: Date;
}

interface Row extends TokenFamilyRow {
  redirect_uri: string | null;
  code_challenge: string | null;
  code_challenge_method: CodeChallengeMethod;
  nonce: string | null;
  expires_at: Date;
  spent_at: Date | null;
}

const CREATE = new Statement(
  'authorization-code-create',
  `INSERT INTO gatehouse.authorization_codes (period, digest, family_period, family_id, authorization_id, client_id, user_id,
           session_id, redirect_uri, code_challenge, code_challenge_method, scopes, nonce, auth_time, amr, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
);

const FIND = new Statement(
  'authorization-code-find',
  `SELECT family_period AS period, family_id AS id, authorization_id, client_id, user_id, session_id, redirect_uri,
           code_challenge, code_challenge_method, scopes, nonce, auth_time, amr, expires_at, spent_at
         FROM gatehouse.authorization_codes WHERE period = $1 AND digest = $2`,
);

/** The authorization is locked, so that it cannot be taken back between the look at it and the new family. */
const REDEEM = new Statement(
  'authorization-code-redeem',
  `WITH allowed AS (
           SELECT id FROM gatehouse.authorizations WHERE id = $3 AND revoked_at IS NULL FOR SHARE
         ), spent AS (
           UPDATE gatehouse.authorization_codes SET spent_at = $4 FROM allowed
           WHERE period = $1 AND digest = $2 AND spent_at IS NULL RETURNING 1
         ), family AS (
           ${insertTokenFamilies('$5', 'spent')}
         ), refresh_token AS (
           ${insertRefreshTokens('$6', 'spent')}
         ), access_token AS (
           ${insertAccessTokens('$7', 'spent')}
         )
         SELECT 1 FROM spent`,
);

/** Authorization codes in the table `authorization_codes`, as digests. */
@Injectable()
@ExpiringRows(AUTHORIZATION_CODES)
export class AuthorizationCodeRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  /**
   * A fresh code for what was granted, good for the client's `authorization_code_lifetime` or one minute. The token
   * family that it will found is named already, so that a replayed code finds what it gave.
   */
  async create(request: GrantedRequest): Promise<string> {
    const { client, endUser, codeChallenge = null, codeChallengeMethod = null } = request;
    const lifetimeSeconds = client.metadata.authorization_code_lifetime ?? DEFAULT_LIFETIME_SECONDS;
    const now = this.clock.now();
    const expiresAt = secondsAfter(now, lifetimeSeconds);
    const period = AUTHORIZATION_CODES.periodOf(expiresAt);
    const code = createToken('ac', period);
    await this.sql.count(CREATE, [
      period,
      digestOf(code),
      TOKEN_FAMILIES.periodOf(secondsAfter(now, this.lifetimes.tokenFamilySeconds)),
      randomUUID(),
      request.authorizationId,
      client.id,
      endUser.userId,
      endUser.sessionId,
      request.redirectUriParameter ?? null,
      codeChallenge,
      codeChallengeMethod,
      request.granted.scopes,
      request.nonce ?? null,
      endUser.authTime,
      endUser.amr,
      expiresAt,
    ]);
    return code;
  }

  /** The code, spent or not; one that is mistyped or of another kind costs no query. */
  async find(code: string): Promise<StoredAuthorizationCode | undefined> {
    const period = periodOfToken('ac', code);
    if (period === undefined) return undefined;
    const row = await this.sql.row<Row>(FIND, [period, digestOf(code)]);
    return row && this.#storedCodeOf(row);
  }

  /**
   * Spends the code and stores what it gave, in one statement: the family and its first tokens. False, and nothing is
   * stored, when it is spent already or the end user has taken the authorization back.
   */
  async redeem(code: string, family: TokenFamily, minted: MintedTokens): Promise<boolean> {
    const rows = [[tokenFamilyRow(family)], minted.refreshTokens, minted.accessTokens];
    const key = [periodOfToken('ac', code), digestOf(code), family.authorizationId];
    const values = [...key, this.clock.now(), ...rows.map((row) => JSON.stringify(row))];
    return (await this.sql.count(REDEEM, values)) === 1;
  }

  /** The family lives its full time from now, or to the end of the period that was chosen for it with the code. */
  #storedCodeOf(row: Row): StoredAuthorizationCode {
    const fullTime = secondsAfter(this.clock.now(), this.lifetimes.tokenFamilySeconds);
    const endOfPeriod = TOKEN_FAMILIES.endOf(row.period);
    return {
      family: tokenFamilyOf(row, fullTime < endOfPeriod ? fullTime : endOfPeriod),
      redirectUri: row.redirect_uri ?? undefined,
      challenge:
        row.code_challenge === null ? undefined : { text: row.code_challenge, method: row.code_challenge_method },
      nonce: row.nonce ?? undefined,
      isSpent: row.spent_at !== null,
      expiresAt: row.expires_at,
    };
  }
}
