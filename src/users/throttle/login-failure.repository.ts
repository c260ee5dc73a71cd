import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { RowOf } from '../../common/database/table.js';
import { LOGIN_FAILURES } from './login-failure.entity.js';

const COUNTED = LOGIN_FAILURES.columns('key', 'windowStart', 'failures', 'underWay');

/** The failures and tries of one count in one part of the window. */
export type CountedPart = RowOf<typeof COUNTED>;

/** A part of the window: when it begins, and when the failures in it no longer count. */
export interface WindowPart {
  readonly start: Date;
  readonly expiresAt: Date;
}

const BEGIN = new Statement(
  'login-failure-begin',
  `WITH begun AS (
     INSERT INTO gatehouse.login_failures AS stored (period, window_start, key, failures, under_way)
     SELECT $1::integer, $2::timestamptz, key, 0, 1 FROM unnest($3::bytea[]) AS wanted(key)
     ON CONFLICT (period, key, window_start) DO UPDATE SET under_way = stored.under_way + 1
     RETURNING *
   )
   SELECT ${COUNTED} FROM begun
   UNION ALL
   SELECT ${COUNTED} FROM gatehouse.login_failures
   WHERE period IN ($1 - 1, $1) AND key = ANY($3::bytea[]) AND window_start > $4 AND window_start < $2`,
);

const END = new Statement(
  'login-failure-end',
  `INSERT INTO gatehouse.login_failures AS stored (period, window_start, key, failures, under_way)
   SELECT $1::integer, $2::timestamptz, key, $4::integer, 0 FROM unnest($3::bytea[]) AS wanted(key)
   ON CONFLICT (period, key, window_start) DO UPDATE SET
     failures = stored.failures + excluded.failures, under_way = greatest(stored.under_way - 1, 0)`,
);

const FORGIVE = new Statement(
  'login-failure-forgive',
  `WITH held AS (
     SELECT period, key, window_start FROM gatehouse.login_failures
     WHERE period IN ($1 - 1, $1) AND key = ANY($3::bytea[]) AND window_start > $5
       AND (window_start = $2 OR failures > 0 AND key = ANY($4::bytea[]))
     ORDER BY key, window_start FOR UPDATE
   )
   UPDATE gatehouse.login_failures AS stored SET
     failures = CASE WHEN stored.key = ANY($4::bytea[]) THEN 0 ELSE stored.failures END,
     under_way = CASE WHEN stored.window_start = $2 THEN greatest(stored.under_way - 1, 0) ELSE stored.under_way END
   FROM held
   WHERE stored.period = held.period AND stored.key = held.key AND stored.window_start = held.window_start`,
);

/**
 * Counts tries at signing in, for all nodes together, under the digests of the counts that they belong to. A try is
 * under way until it ends. A try whose node has died stays under way, and readers of the counts ignore it after a
 * while.
 */
@Injectable()
@ExpiringRows(LOGIN_FAILURES)
export class LoginFailureRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** Counts a try as under way under every key, and gives the parts that began after `since`, this try included. */
  begin(keys: readonly Buffer[], part: WindowPart, since: Date): Promise<CountedPart[]> {
    return this.sql.rows<CountedPart>(BEGIN, [...whereIn(part), inOrder(keys), since]);
  }

  /** Ends a try that began in this part and failed. With `failures` 0 the try ends without counting as failed. */
  async end(keys: readonly Buffer[], part: WindowPart, failures: 0 | 1): Promise<void> {
    await this.sql.count(END, [...whereIn(part), inOrder(keys), failures]);
  }

  /**
   * Ends a try whose password was right, and forgets the failures since `since` under the keys that `forgiven` names.
   */
  async forgive(keys: readonly Buffer[], part: WindowPart, forgiven: readonly Buffer[], since: Date): Promise<void> {
    await this.sql.count(FORGIVE, [...whereIn(part), keys, forgiven, since]);
  }
}

function whereIn({ start, expiresAt }: WindowPart): [period: number, windowStart: Date] {
  return [LOGIN_FAILURES.periodOf(expiresAt), start];
}

/** Sorts keys. All statements take rows in one order, so that no two wait for each other. */
function inOrder(keys: readonly Buffer[]): Buffer[] {
  return keys.toSorted(Buffer.compare);
}
