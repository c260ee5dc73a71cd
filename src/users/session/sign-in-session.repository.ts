import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../../common/database/expiring-table.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { SignedInEndUser } from './end-user-session.js';
import { SignInSessionEntity } from './sign-in-session.entity.js';

/** Sign-in sessions by the end of their absolute lifetime. */
export const SIGN_IN_SESSIONS = new ExpiringTable<SignInSessionEntity, 'sessionId'>(SignInSessionEntity, 30, 400);

/** Finds a row: the period that the cookie's value names, and the value's SHA-256. */
export interface SessionKey {
  readonly period: number;
  readonly digest: Buffer;
}

/** A person who has just signed in at a browser. */
export interface NewSignInSession extends SessionKey {
  readonly userId: string;
  readonly amr: readonly string[];
  readonly authTime: Date;
  readonly userAgent: string | undefined;
  readonly ipAddress: string | undefined;
  readonly signedInAt: Date;
  readonly expiresAt: Date;
}

interface SessionRow {
  session_id: string;
  user_id: string;
  auth_time: Date;
  amr: string[];
  confirmed_at: Date;
  last_seen_at: Date;
}

const FIND = new Statement(
  'sign-in-session-find',
  `SELECT s.session_id, s.user_id, s.auth_time, s.amr, s.confirmed_at, s.last_seen_at
         FROM gatehouse.sign_in_sessions s JOIN gatehouse.users u ON u.id = s.user_id AND u.disabled_at IS NULL
         WHERE s.period = $1 AND s.digest = $2 AND s.expires_at > $3 AND s.last_seen_at > $4`,
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
         INSERT INTO gatehouse.sign_in_sessions (period, digest, user_id, amr, user_agent, ip_address, auth_time, confirmed_at,
           last_seen_at, expires_at)
         VALUES ($3, $4, $5, $6, $7, $8, $9, $10, $10, $11)`,
);

const REMOVE = new Statement(
  'sign-in-session-remove',
  'DELETE FROM gatehouse.sign_in_sessions WHERE period = $1 AND digest = $2',
);

/** Who is signed in where, in the table `sign_in_sessions`. */
@Injectable()
@ExpiringRows(SIGN_IN_SESSIONS)
export class SignInSessionRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** A session that is neither over nor idle since `idleSince`, of a person who is not disabled. */
  async find(
    { period, digest }: SessionKey,
    now: Date,
    idleSince: Date,
  ): Promise<(SignedInEndUser & { readonly lastSeenAt: Date }) | undefined> {
    const row = await this.sql.row<SessionRow>(FIND, [period, digest, now, idleSince]);
    return (
      row && {
        userId: row.user_id,
        sessionId: row.session_id,
        authTime: row.auth_time,
        amr: row.amr,
        confirmedAt: row.confirmed_at,
        lastSeenAt: row.last_seen_at,
      }
    );
  }

  /** Notes that the person was here, unless another request has noted it after `seenBefore`. */
  async touch({ period, digest }: SessionKey, now: Date, seenBefore: Date): Promise<void> {
    await this.sql.count(TOUCH, [period, digest, now, seenBefore]);
  }

  /** Notes that the person says this is them; false when the session is over or idle since `idleSince`. */
  async confirm({ period, digest }: SessionKey, now: Date, idleSince: Date): Promise<boolean> {
    return (await this.sql.count(CONFIRM, [period, digest, now, idleSince])) === 1;
  }

  /** Stores a session and removes the one that the same browser had, in one statement. */
  async replace(old: SessionKey | undefined, session: NewSignInSession): Promise<void> {
    const { period, digest, userId, amr, userAgent, ipAddress, authTime, signedInAt, expiresAt } = session;
    const previous = [old?.period ?? null, old?.digest ?? null];
    const who = [period, digest, userId, amr, userAgent ?? null, ipAddress ?? null];
    await this.sql.count(REPLACE, [...previous, ...who, authTime, signedInAt, expiresAt]);
  }

  /** Ends a session; nothing happens when there is none. */
  async remove({ period, digest }: SessionKey): Promise<void> {
    await this.sql.count(REMOVE, [period, digest]);
  }
}
