import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable, type TokenKey } from '../../common/database/expiring-table.js';
import { LookUp } from '../../common/database/look-up.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { NewRow, RowOf } from '../../common/database/table.js';
import { EndUsers, isStoredUser } from '../user/end-users.js';
import { PostgresUserStore } from '../user/postgres-user-store.js';
import { UserStore } from '../user/user-store.js';
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

const ASKED = `SELECT asked.at, ${FOUND.of('s')}
   FROM unnest($1::integer[], $2::bytea[], $3::timestamptz[], $4::timestamptz[]) WITH ORDINALITY
     AS asked(period, digest, now, idle_since, at)
   CROSS JOIN LATERAL (
     SELECT * FROM gatehouse.sign_in_sessions WHERE period = asked.period AND digest = asked.digest
       AND expires_at > asked.now AND last_seen_at > asked.idle_since LIMIT 1
   ) s`;

const FIND = new Statement('sign-in-session-find', ASKED);

/** Finds a session of an end user in the table `users` who is not disabled. */
const FIND_OF_USERS = new Statement('sign-in-session-find-of-users', `${ASKED} WHERE ${isStoredUser('s.subject')}`);

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

const SESSION_ID_OF = new Statement(
  'sign-in-session-id',
  `SELECT session_id AS "sessionId" FROM (
     SELECT session_id, subject FROM gatehouse.sign_in_sessions WHERE period = $1 AND digest = $2 LIMIT 1
   ) s WHERE subject = $3`,
);

const REMOVE = new Statement(
  'sign-in-session-remove',
  'DELETE FROM gatehouse.sign_in_sessions WHERE period = $1 AND digest = $2 RETURNING subject',
);

const REMOVE_BY_SESSION_ID = new Statement(
  'sign-in-session-remove-by-session-id',
  'DELETE FROM gatehouse.sign_in_sessions WHERE session_id = $1 RETURNING subject',
);

/** Sign-in sessions in the table `sign_in_sessions`. */
@Injectable()
@ExpiringRows(SIGN_IN_SESSIONS)
export class SignInSessionRepository {
  /**
   * True where the UserStore is the built-in one. A subclass of it may know more of an end user than the table says, so
   * it is asked.
   */
  readonly #isStoreJoined: boolean;
  readonly #sessions: LookUp<FoundSignInSession>;

  constructor(
    private readonly sql: PreparedSql,
    private readonly endUsers: EndUsers,
    users: UserStore,
  ) {
    this.#isStoreJoined = users.constructor === PostgresUserStore;
    this.#sessions = new LookUp(sql, this.#isStoreJoined ? FIND_OF_USERS : FIND);
  }

  /**
   * A session that is neither over nor idle since `idleSince`, of an end user whom the UserStore finds: one who is disabled
   * or gone has none. The built-in store is asked by the same statement.
   */
  async find({ period, digest }: TokenKey, now: Date, idleSince: Date): Promise<FoundSignInSession | undefined> {
    const found = await this.#sessions.find(period, digest, now, idleSince);
    if (found === undefined || this.#isStoreJoined) return found;
    return (await this.endUsers.find(found.subject)) === undefined ? undefined : found;
  }

  /** Notes that the end user was here, unless another request has noted it after `seenBefore`. */
  async touch({ period, digest }: TokenKey, now: Date, seenBefore: Date): Promise<void> {
    await this.sql.count(TOUCH, [period, digest, now, seenBefore]);
  }

  /** Notes that the end user chose this account again; false when the session is over or idle since `idleSince`. */
  async confirm({ period, digest }: TokenKey, now: Date, idleSince: Date): Promise<boolean> {
    return (await this.sql.count(CONFIRM, [period, digest, now, idleSince])) === 1;
  }

  /** The `sid` of a session of this end user, however long ago they were last here; undefined where it is another's. */
  async sessionIdOf({ period, digest }: TokenKey, subject: string): Promise<string | undefined> {
    return (await this.sql.row<{ sessionId: string }>(SESSION_ID_OF, [period, digest, subject]))?.sessionId;
  }

  /** Stores a session and removes the one that the same browser had, in one statement. */
  async replace(old: TokenKey | undefined, session: NewSignInSession): Promise<void> {
    await this.sql.count(REPLACE, [old?.period ?? null, old?.digest ?? null, SIGN_IN_SESSIONS.rows([session])]);
  }

  /** Ends a session with the token families that were not allowed offline access, and returns whose it was; undefined when there is none. */
  async remove({ period, digest }: TokenKey): Promise<string | undefined> {
    return (await this.sql.row<{ subject: string }>(REMOVE, [period, digest]))?.subject;
  }

  /** Ends the session of this `sid` in the same way, and returns whose it was; undefined when there is none. */
  async removeBySessionId(sessionId: string): Promise<string | undefined> {
    return (await this.sql.row<{ subject: string }>(REMOVE_BY_SESSION_ID, [sessionId]))?.subject;
  }
}
