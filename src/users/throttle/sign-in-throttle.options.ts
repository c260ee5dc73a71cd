import { z } from 'zod';
import { secondsBetween } from '../../common/config/lifetime-rule.js';
import type { OptionGroup } from '../../common/config/option-group.js';
import { LOGIN_FAILURES } from './login-failure.entity.js';

/** The group `throttle`: how many failed sign-ins are let through in one window of time. */
export abstract class SignInThrottleOptions {
  /** @default 10 */
  abstract readonly failuresPerAccount: number;
  /** For an IPv4 address or an IPv6 network of 64 bits, which one household or server has whole. @default 50 */
  abstract readonly failuresPerAddress: number;
  /** At most 14 days. @default a quarter of an hour */
  abstract readonly windowSeconds: number;
}

const failures = z.int({ error: 'must be a whole number from 1' }).min(1, { error: 'must be a whole number from 1' });

/** The group `throttle`. */
export const signInThrottleGroup: OptionGroup<SignInThrottleOptions> = {
  token: SignInThrottleOptions,
  rule: z.strictObject({
    failuresPerAccount: failures.default(10),
    failuresPerAddress: failures.default(50),
    windowSeconds: secondsBetween(1, LOGIN_FAILURES.maxLifetimeSeconds).default(900),
  }),
};
