import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
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
 * Finds the end users to whom sessions and tokens were given. For one whom the UserStore no longer finds, because they
 * are disabled or gone, everything given so far is over from then on, on every node, even if they come back.
 */
@Injectable()
export class EndUsers {
  constructor(
    private readonly users: UserStore,
    private readonly sql: PreparedSql,
  ) {}

  /** The end user of a session or token; undefined for one who may do nothing any more. */
  async find(subject: string): Promise<User | undefined> {
    const user = await this.users.findById(subject);
    if (user === undefined) await this.sql.count(CUT_OFF, [subject]);
    return user;
  }
}
