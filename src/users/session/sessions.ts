import { Injectable } from '@nestjs/common';
import { type ListPage, type ListRequest, readPage } from '../../common/database/list-page.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { Events } from '../../common/events/events.js';
import { Clock } from '../../common/time/clock.js';
import { SignInSessionEntity } from './sign-in-session.entity.js';
import { SignInSessionRepository } from './sign-in-session.repository.js';

const FOUND = new Table(SignInSessionEntity).columns(
  'sessionId',
  'subject',
  'authTime',
  'amr',
  'confirmedAt',
  'userAgent',
  'ipAddress',
  'lastSeenAt',
  'expiresAt',
);

/**
 * A sign-in session as an operator sees it: where an end user is signed in. One that was idle for longer than the
 * option allows is over, although it is listed until its absolute end.
 */
export interface SessionRecord extends RowOf<typeof FOUND> {}

const LIST = new Statement(
  'sign-in-sessions-of-end-user',
  `SELECT ${FOUND} FROM gatehouse.sign_in_sessions
   WHERE subject = $1 AND session_id > $2::uuid AND expires_at > $3 ORDER BY session_id LIMIT $4`,
);

const REMOVE_ALL = new Statement(
  'sign-in-sessions-remove-all',
  'DELETE FROM gatehouse.sign_in_sessions WHERE subject = $1',
);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** The sign-in sessions of end users: list and end. They begin by signing in alone. */
@Injectable()
export class Sessions {
  constructor(
    private readonly sql: PreparedSql,
    private readonly repository: SignInSessionRepository,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** One page of the sessions of an end user that have not reached their end, in the order of their `sid`. */
  list(subject: string, request: ListRequest = {}): Promise<ListPage<SessionRecord>> {
    const read = (after = BEFORE_ALL, limit: number) =>
      this.sql.rows<SessionRecord>(LIST, [subject, after, this.clock.now(), limit]);
    return readPage(request, ({ sessionId }: SessionRecord) => sessionId, read);
  }

  /**
   * Ends a session by its `sid`, with every token from it that was not allowed offline access; false where there is
   * none.
   */
  async end(sessionId: string): Promise<boolean> {
    const subject = UUID.test(sessionId) ? await this.repository.removeBySessionId(sessionId) : undefined;
    if (subject !== undefined) this.events.emit({ type: 'session.ended', subject });
    return subject !== undefined;
  }

  /** Ends every session of an end user in the same way; returns how many there were. */
  async endAll(subject: string): Promise<number> {
    const ended = await this.sql.count(REMOVE_ALL, [subject]);
    if (ended > 0) this.events.emit({ type: 'session.ended', subject });
    return ended;
  }
}
