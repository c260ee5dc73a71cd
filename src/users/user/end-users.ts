import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { PostgresUserStore } from './postgres-user-store.js';
import type { User } from './user.js';
import { UserStore } from './user-store.js';

/**
 * Cuts off the tokens of a subject until now. A row that says "out of use" stays, because a trigger on our own table
 * ends it.
 */
const CUT_OFF = new Statement(
  'end-user-cut-off',
  `INSERT INTO gatehouse.token_cutoffs AS c (kind, holder, issued_before, noted_at)
   VALUES ('subject', $1, clock_timestamp(), clock_timestamp())
   ON CONFLICT (kind, holder) DO UPDATE SET issued_before = excluded.issued_before, noted_at = excluded.noted_at
   WHERE c.issued_before IS NOT NULL`,
);

/**
 * SQL: true where the subject in this column is an end user of the table `users` who is not disabled. The subject of
 * another store is no uuid, and nobody there. It is no EXISTS, for which PostgreSQL 18 hashes all users while they seem
 * few.
 */
export function isStoredUser(column: string): string {
  return `COALESCE((SELECT disabled_at IS NULL FROM gatehouse.users WHERE id =
    CASE WHEN ${column} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${column}::uuid END), false)`;
}

/**
 * Finds the end users to whom sessions and tokens were given. For one whom the UserStore no longer finds, because they
 * are disabled or gone, everything given so far is over from then on, on every node, even if they come back.
 */
@Injectable()
export class EndUsers {
  /** A subclass of the built-in store may know more of an end user than the table says, so it is asked. */
  readonly #isBuiltIn: boolean;

  constructor(
    private readonly users: UserStore,
    private readonly sql: PreparedSql,
  ) {
    this.#isBuiltIn = users.constructor === PostgresUserStore;
  }

  /**
   * True for an end user who may do something. With the built-in store that is what the statement which read the subject
   * saw, by `isStoredUser`; any other store is asked.
   */
  mayAct({ subject, isStoredUser }: { readonly subject: string; readonly isStoredUser: boolean }): Promise<boolean> {
    return this.#isBuiltIn ? Promise.resolve(isStoredUser) : this.find(subject).then((user) => user !== undefined);
  }

  /** The end user of a session or token; undefined for one who may do nothing any more. */
  async find(subject: string): Promise<User | undefined> {
    const user = await this.users.findById(subject);
    if (user === undefined) await this.cutOff(subject);
    return user;
  }

  /** Ends every session and token that an end user was given until now, on every node. */
  async cutOff(subject: string): Promise<void> {
    await this.sql.count(CUT_OFF, [subject]);
  }
}
