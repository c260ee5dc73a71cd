import { Inject, Injectable, Optional } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ExpiringRows } from '../common/database/expiring-rows.decorator.js';
import { ExpiringTable } from '../common/database/expiring-table.js';
import { PreparedSql, type Statement } from '../common/database/prepared-sql.js';
import { networkOf } from './network-address.js';
import { type SignInAttempt, SignInThrottle } from './sign-in-throttle.js';
import {
  SIGN_IN_THROTTLE_OPTIONS,
  type SignInThrottleOptions,
  signInThrottleDefaults,
} from './sign-in-throttle.options.js';

/** Failed sign-ins by the end of their window; weeks are made ahead, since a machine may sleep over its hourly chores. */
export const LOGIN_FAILURES = new ExpiringTable('login_failures', 7, 14);

/** Lower-cased as people are looked up, so that no spelling of an account has a count of its own. */
const ACCOUNT = `sha256(convert_to('account:' || lower($3), 'UTF8'))`;
const ADDRESS = `sha256(convert_to('address:' || $4::text, 'UTF8'))`;

/** Both statements lock the account's row before the address's, so that two of them never wait for each other. */
const COUNT: Statement = {
  name: 'login-failure-count',
  text: `INSERT INTO login_failures AS f (period, window_start, key, failures)
         VALUES ($1, $2, ${ACCOUNT}, 1), ($1, $2, ${ADDRESS}, 1)
         ON CONFLICT (period, key, window_start) DO UPDATE SET failures = f.failures + 1
         RETURNING f.failures`,
};

const FORGET: Statement = {
  name: 'login-failure-forget',
  text: `INSERT INTO login_failures AS f (period, window_start, key, failures)
         VALUES ($1, $2, ${ACCOUNT}, 0), ($1, $2, ${ADDRESS}, 1)
         ON CONFLICT (period, key, window_start) DO UPDATE SET failures = (f.failures - 1) * excluded.failures`,
};

/** Counts failed sign-ins in fixed windows in the table `login_failures`, for all nodes together. */
@Injectable()
@ExpiringRows(LOGIN_FAILURES)
export class PostgresSignInThrottle extends SignInThrottle {
  constructor(
    private readonly sql: PreparedSql,
    private readonly clock: Clock,
    @Optional()
    @Inject(SIGN_IN_THROTTLE_OPTIONS)
    private readonly options: SignInThrottleOptions = signInThrottleDefaults,
  ) {
    super();
  }

  async begin(account: string, address: string): Promise<SignInAttempt> {
    const windowMilliseconds = this.options.windowSeconds * 1000;
    const now = this.clock.now().getTime();
    const start = now - (now % windowMilliseconds);
    const end = new Date(start + windowMilliseconds);
    const values = [LOGIN_FAILURES.periodOf(end), new Date(start), account, networkOf(address)];
    const [ofAccount, ofAddress] = await this.sql.rows<{ failures: number }>(COUNT, values);
    const isOver =
      (ofAccount?.failures ?? 0) > this.options.failuresPerAccount ||
      (ofAddress?.failures ?? 0) > this.options.failuresPerAddress;
    return {
      retryAfterSeconds: isOver ? Math.ceil((end.getTime() - now) / 1000) : undefined,
      succeed: async () => void (await this.sql.count(FORGET, values)),
    };
  }
}
