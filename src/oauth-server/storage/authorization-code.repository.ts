import { Injectable } from '@nestjs/common';
import type { Confirmation } from '../../common/confirmation.js';
import type { CodeChallengeMethod } from '../../common/crypto/pkce.js';
import { digestOf } from '../../common/crypto/random-token.js';
import { Batch } from '../../common/database/batch.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { LookUp } from '../../common/database/look-up.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { RowOf } from '../../common/database/table.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import type { SignIn } from '../../users/session/sign-in.js';
import { isStoredUser } from '../../users/user/end-users.js';
import { AUTHORIZATION_CODES } from './expiring-tables.js';
import type { GrantedAccess } from './granted-access.js';
import { composeAhead } from './issuing.repository.js';
import { isCutOff, signInToJson, type TokenFamilyReference, tokenFamilyFields } from './token-family.repository.js';

/** The content of an authorization code. */
export interface AuthorizationCode {
  /**
   * Names the family that begins, or has begun, when the code is redeemed. So a replayed code leads to the tokens that
   * it gave.
   */
  readonly family: TokenFamilyReference;
  readonly authorizationId: string;
  readonly clientId: string;
  /** `sub`: the end user. */
  readonly subject: string;
  readonly signIn: SignIn;
  readonly granted: GrantedAccess;
  /** The key that the code is bound to; undefined for a code that is bound to none. */
  readonly confirmation: Confirmation | undefined;
  /** The redirect_uri parameter of the authorization request; undefined when it was left out. */
  readonly redirectUri: string | undefined;
  readonly challenge: { readonly text: string; readonly method: CodeChallengeMethod } | undefined;
  /** The nonce of the authorization request, for the id_token. */
  readonly nonce: string | undefined;
  readonly expiresAt: Date;
}

/** A code as it stands. */
export interface FoundAuthorizationCode extends AuthorizationCode {
  readonly isSpent: boolean;
  /** True when the client or the end user went out of use, or the end user signed out, after the code was issued. */
  readonly isCutOff: boolean;
  /** True when the end user stands in the table `users` and is not disabled. */
  readonly isStoredUser: boolean;
}

const STORED = AUTHORIZATION_CODES.columns(
  'familyPeriod',
  'familyId',
  'authorizationId',
  'clientId',
  'subject',
  'signIn',
  'granted',
  'confirmation',
  'redirectUri',
  'codeChallenge',
  'codeChallengeMethod',
  'nonce',
  'expiresAt',
  'spentAt',
);

type Row = RowOf<typeof STORED> & { readonly isCutOff: boolean; readonly isStoredUser: boolean };

const CREATE = new Statement('authorization-code-create', AUTHORIZATION_CODES.insertRows('$1'));

/** A sign-out ends the codes that would begin a family which the sign-out would have ended. */
const IS_CUT_OFF = `(${isCutOff('a', 'issued_at')} OR NOT a.granted -> 'scopes' ? 'offline_access' AND (
  SELECT true FROM gatehouse.ended_sessions e WHERE e.session_id = a.sign_in ->> 'sessionId') IS NOT NULL)`;

const FIND = new Statement(
  'authorization-code-find',
  `SELECT asked.at, ${STORED.of('a')}, ${IS_CUT_OFF} AS "isCutOff", ${isStoredUser('a.subject')} AS "isStoredUser"
   FROM unnest($1::integer[], $2::bytea[]) WITH ORDINALITY AS asked(period, digest, at)
     CROSS JOIN LATERAL (
       SELECT * FROM gatehouse.authorization_codes WHERE period = asked.period AND digest = asked.digest LIMIT 1
     ) a`,
);

/** Longer than any code lives. */
const ENDED_SESSION_SECONDS = 3600;

const DELETE_ENDED_SESSIONS = new Statement(
  'ended-sessions-delete-old',
  'DELETE FROM gatehouse.ended_sessions WHERE ended_at < $1',
);

const SPEND = {
  name: 'authorization-code',
  sql: `UPDATE gatehouse.authorization_codes a SET spent_at = $3
        WHERE a.period = $1 AND a.digest = $2 AND a.spent_at IS NULL AND NOT ${IS_CUT_OFF} RETURNING 1`,
};
composeAhead(SPEND, true);

/** Authorization codes in the table `authorization_codes`, as digests. */
@Injectable()
@ExpiringRows(AUTHORIZATION_CODES)
export class AuthorizationCodeRepository {
  readonly #created: Batch<AuthorizationCodeRow, undefined>;
  readonly #codes: LookUp<Row>;

  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
  ) {
    this.#codes = new LookUp(sql, FIND);
    this.#created = new Batch<AuthorizationCodeRow, undefined>(async (rows) => {
      await sql.count(CREATE, [AUTHORIZATION_CODES.rows(rows)]);
      return [];
    });
  }

  /** Stores the content of a fresh code, and returns the code. */
  async create(stored: AuthorizationCode): Promise<string> {
    const code = AUTHORIZATION_CODES.newToken(stored.expiresAt);
    await this.#created.add(authorizationCodeRow(code, stored));
    return code;
  }

  /** The content of a code, whether good or not. A text that is mistyped or no code costs no query. */
  async find(code: string): Promise<FoundAuthorizationCode | undefined> {
    const key = AUTHORIZATION_CODES.keyOf(code);
    if (key === undefined) return undefined;
    const row = await this.#codes.find(key.period, key.digest);
    if (row === undefined) return undefined;
    const { spentAt, isCutOff, isStoredUser } = row;
    return { ...authorizationCodeOf(row), isSpent: spentAt !== null, isCutOff, isStoredUser };
  }

  /** The statement that spends an unspent code, to be handed to the token issuer. */
  spending(code: string) {
    const key = AUTHORIZATION_CODES.keyOf(code);
    return { ...SPEND, values: () => [key?.period, key?.digest, this.clock.now()] };
  }

  /** Forgets the sessions that ended so long ago that no code of theirs is alive. */
  async forgetEndedSessions(): Promise<void> {
    await this.sql.count(DELETE_ENDED_SESSIONS, [secondsAfter(this.clock.now(), -ENDED_SESSION_SECONDS)]);
  }
}

type AuthorizationCodeRow = ReturnType<typeof authorizationCodeRow>;

function authorizationCodeRow(code: string, { family, challenge, signIn, expiresAt, ...stored }: AuthorizationCode) {
  return {
    period: AUTHORIZATION_CODES.periodOf(expiresAt),
    digest: digestOf(code),
    familyPeriod: family.period,
    familyId: family.id,
    authorizationId: stored.authorizationId,
    clientId: stored.clientId,
    subject: stored.subject,
    signIn: signInToJson(signIn),
    granted: stored.granted,
    confirmation: stored.confirmation,
    redirectUri: stored.redirectUri,
    codeChallenge: challenge?.text,
    codeChallengeMethod: challenge?.method,
    nonce: stored.nonce,
    expiresAt,
  };
}

function authorizationCodeOf(row: Row): AuthorizationCode {
  const { codeChallenge, codeChallengeMethod } = row;
  return {
    ...tokenFamilyFields(row),
    family: { period: row.familyPeriod, id: row.familyId },
    redirectUri: row.redirectUri ?? undefined,
    challenge:
      codeChallenge === null || codeChallengeMethod === null
        ? undefined
        : { text: codeChallenge, method: codeChallengeMethod },
    nonce: row.nonce ?? undefined,
    expiresAt: row.expiresAt,
  };
}
