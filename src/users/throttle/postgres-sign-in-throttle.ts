import { Injectable } from '@nestjs/common';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Clock } from '../../common/time/clock.js';
import { LOGIN_FAILURES } from './login-failure.entity.js';
import { networkOf } from './network-address.js';
import { type SignInAttempt, SignInThrottle } from './sign-in-throttle.js';
import { SignInThrottleOptions } from './sign-in-throttle.options.js';

/**
 * Counts a failure of the address, and one of the account unless the address is over its limit: such an address shall
 * not be able to lock people out. The account is lower-cased as people are looked up, so that every spelling counts.
 */
const COUNT = new Statement(
  'login-failure-count',
  `WITH address AS (
     ${countOne(`'address:' || $3::text`)}
   ), account AS (
     ${countOne(`'account:' || lower($4)`, 'FROM address WHERE failures <= $5')}
   )
   SELECT address.key AS address, account.key AS account,
     address.failures <= $5 AND account.failures <= $6 AS "isAllowed"
   FROM address LEFT JOIN account ON true`,
);

const TAKE_BACK = new Statement(
  'login-failure-take-back',
  'UPDATE gatehouse.login_failures SET failures = failures - 1 WHERE period = $1 AND window_start = $2 AND key = $3',
);

const CLEAR = new Statement(
  'login-failure-clear',
  'DELETE FROM gatehouse.login_failures WHERE period = $1 AND window_start = $2 AND key = $3',
);

/** Adds one to the failures of whom this SQL text names, in the window of $1 and $2. */
function countOne(whom: string, condition = ''): string {
  return `INSERT INTO gatehouse.login_failures AS stored (period, window_start, key, failures)
     SELECT $1::integer, $2::timestamptz, sha256(convert_to(${whom}, 'UTF8')), 1 ${condition}
     ON CONFLICT (period, window_start, key) DO UPDATE SET failures = stored.failures + 1
     RETURNING key, failures`;
}

interface CountRow {
  address: Buffer;
  account: Buffer | null;
  isAllowed: boolean;
}

/** Counts failed sign-ins in fixed windows in the table `login_failures`, for all nodes together. */
@Injectable()
@ExpiringRows(LOGIN_FAILURES)
export class PostgresSignInThrottle extends SignInThrottle {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    private readonly options: SignInThrottleOptions,
  ) {
    super();
  }

  /** A try that is refused is no failure of the address: whoever hammers one account does not stop the neighbours. */
  async begin(account: string, address: string): Promise<SignInAttempt> {
    const { windowSeconds, failuresPerAddress, failuresPerAccount } = this.options;
    const now = this.clock.now().getTime();
    const start = now - (now % (windowSeconds * 1000));
    const end = start + windowSeconds * 1000;
    const window = [LOGIN_FAILURES.periodOf(new Date(end)), new Date(start)];
    const values = [...window, networkOf(address), account, failuresPerAddress, failuresPerAccount];
    const [counted] = (await this.sql.rows<CountRow>(COUNT, values)) as [CountRow];
    const takeBack = () => this.sql.count(TAKE_BACK, [...window, counted.address]);
    if (!counted.isAllowed) await takeBack();
    return {
      retryAfterSeconds: counted.isAllowed ? undefined : Math.ceil((end - now) / 1000),
      succeed: async () => {
        await Promise.all([takeBack(), this.sql.count(CLEAR, [...window, counted.account])]);
      },
    };
  }
}
