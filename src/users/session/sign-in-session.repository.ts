import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable, type TokenKey } from '../../common/database/expiring-table.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { NewRow, RowOf } from '../../common/database/table.js';
import { SignInSessionEntity } from './sign-in-session.entity.js';

/** Sign-in sessions by the end of their absolute lifetime. */
export const SIGN_IN_SESSIONS = new ExpiringTable<SignInSessionEntity, 'sessionId'>(
  SignInSessionEntity,
  30,
  400,
  'gate_ss_',
);

/** An end user who has just signed in at a browser. */
export type NewSignInSession = NewRow<SignInSessionEntity, 'sessionId'>;

const FOUND = SIGN_IN_SESSIONS.columns('sessionId', 'subject', 'authTime', 'amr', 'confirmedAt', 'lastSeenAt');

/** A session as it stands. */
export type FoundSignInSession = RowOf<typeof FOUND>;

const FIND = new Statement(
  'sign-in-session-find',
  `SELECT ${FOUND} FROM gatehouse.sign_in_sessions
   WHERE period = $1 AND digest = $2 AND expires_at > $3 AND last_seen_at > $4`,
);

const TOUCH = new Statement(
  'sign-in-session-touch',
  `UPDATE gatehouse.sign_in_sessions SET last_seen_at = $3
   WHERE period = $1 AND digest = $2 AND last_seen_at <= $4`,
);

const CONFIRM = new Statement(
  'sign-in-session-confirm',
  `UPDATE gatehouse.sign_in_sessions SET confirmed_at = $3, last_seen_at = $3
   WHERE period = $1 AND digest = $2 AND expires_at > $3 AND last_seen_at > $4`,
);

const REPLACE = new Statement(
  'sign-in-session-replace',
  `WITH ended AS (DELETE FROM gatehouse.sign_in_sessions WHERE period = $1 AND digest = $2)
   ${SIGN_IN_SESSIONS.insertRows('$3')}`,
);

const REMOVE = new Statement(
  'sign-in-session-remove',
  'DELETE FROM gatehouse.sign_in_sessions WHERE period = $1 AND digest = $2 RETURNING subject',
);

const REMOVE_BY_SESSION_ID = new Statement(
  'sign-in-session-remove-by-session-id',
  'DELETE FROM gatehouse.sign_in_sessions WHERE session_id = $1 RETURNING subject',
);

/** Who is signed in where, in the table `sign_in_sessions`; whether they still may be is asked of the UserStore. */
@Injectable()
@ExpiringRows(SIGN_IN_SESSIONS)
export class SignInSessionRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** A session that is neither over nor idle since `idleSince`. */
  find({ period, digest }: TokenKey, now: Date, idleSince: Date): Promise<FoundSignInSession | undefined> {
    return this.sql.row<FoundSignInSession>(FIND, [period, digest, now, idleSince]);
  }

  /** Notes that the end user was here, unless another request has noted it after `seenBefore`. */
  async touch({ period, digest }: TokenKey, now: Date, seenBefore: Date): Promise<void> {
    await this.sql.count(TOUCH, [period, digest, now, seenBefore]);
  }

  /** Notes that the end user says this is them; false when the session is over or idle since `idleSince`. */
  async confirm({ period, digest }: TokenKey, now: Date, idleSince: Date): Promise<boolean> {
    return (await this.sql.count(CONFIRM, [period, digest, now, idleSince])) === 1;
  }

  /** Stores a session and removes the one that the same browser had, in one statement. */
  async replace(old: TokenKey | undefined, session: NewSignInSession): Promise<void> {
    await this.sql.count(REPLACE, [old?.period ?? null, old?.digest ?? null, SIGN_IN_SESSIONS.rows([session])]);
  }

  /** Ends a session, and returns whose it was; undefined when there is none. */
  async remove({ period, digest }: TokenKey): Promise<string | undefined> {
    return (await this.sql.row<{ subject: string }>(REMOVE, [period, digest]))?.subject;
  }

  /** Ends the session of this `sid`, and returns whose it was; undefined when there is none. */
  async removeBySessionId(sessionId: string): Promise<string | undefined> {
    return (await this.sql.row<{ subject: string }>(REMOVE_BY_SESSION_ID, [sessionId]))?.subject;
  }
}
