import { z } from 'zod';
import { DEFAULT_LIMITS } from './database-limits.js';

/** The group `database`: how statements reach PostgreSQL. The data source is the application's own. */
export abstract class DatabaseOptions {
  /**
   * The kind of pooler before PostgreSQL. Behind a pooler in transaction mode, as PgBouncer has it, each transaction
   * may meet another session: statements go unnamed, and limits of time are those of the role (ALTER ROLE). @default
   * none
   */
  abstract readonly pooler: 'none' | 'transaction';
  /** A URL of the same database past the pooler, for LISTEN, which needs a session. @default as the data source has it */
  abstract readonly directUrl?: string | undefined;
  /** How many statements may wait for a free connection; one more is answered with 503. @default 200 */
  abstract readonly queueSize: number;
  /**
   * How many connections our statements have in an application that imports us, besides those of its data source.
   * @default 5
   */
  abstract readonly poolSize: number;
  /** The `statement_timeout` of our sessions, which the role must bring along behind a pooler. @default 5 seconds */
  abstract readonly statementSeconds: number;
  /** The `lock_timeout` of our sessions, which the role must bring along behind a pooler. @default 2 seconds */
  abstract readonly lockSeconds: number;
}

const SECONDS = 'must be whole seconds from 1 to 600';
const seconds = z.int({ error: SECONDS }).min(1, { error: SECONDS }).max(600, { error: SECONDS });
const queueSize = z.int({ error: 'must be a whole number' }).min(1, { error: 'must be at least 1' });

/** The group `database`. */
export const databaseGroup = {
  token: DatabaseOptions,
  rule: z
    .strictObject({
      pooler: z.enum(['none', 'transaction'], { error: 'must be none or transaction' }).default('none'),
      directUrl: z.string({ error: 'must be a URL' }).optional(),
      queueSize: queueSize.default(200),
      poolSize: queueSize.default(5),
      statementSeconds: seconds.default(DEFAULT_LIMITS.statementSeconds),
      lockSeconds: seconds.default(DEFAULT_LIMITS.lockSeconds),
    })
    .refine(({ pooler, directUrl }) => pooler === 'none' || directUrl !== undefined, {
      path: ['directUrl'],
      error: 'is needed where pooler is transaction; set it to a URL of the database past the pooler',
    }),
};
