import { z } from 'zod';
import { type OptionGroup, secondsBetween } from '../../common/config/option-group.js';
import { LOGIN_FAILURES } from './login-failure.entity.js';

/** The group `throttle`: how many failed sign-ins are let through within a window of time that moves along with the clock. */
export abstract class SignInThrottleOptions {
  /**
   * Failures at one account from one network, or by one browser that has signed in to the account before. Further tries
   * are refused. A network is an IPv4 address or 64 bits of IPv6; 56 and 48 bits are counted too, with four and sixteen
   * times as many. @default 10
   */
  abstract readonly failuresPerAccount: number;
  /**
   * Failures from one network at whatever accounts. Further tries are slowed down, and refused from twice as many on.
   * @default 50
   */
  abstract readonly failuresPerAddress: number;
  /**
   * Failures at one account from anywhere. Further tries are slowed down and never refused, since anybody can cause
   * these failures. @default 100
   */
  abstract readonly failuresBeforeDelay: number;
  /** How long a try waits at most where tries are slowed down; at most 30 seconds. @default 4 seconds */
  abstract readonly longestDelaySeconds: number;
  /** The length of the window, at most six days. @default a quarter of an hour */
  abstract readonly windowSeconds: number;
}

const DELAY = 'must be a number of seconds from 0 to 30';
const failures = z.int({ error: 'must be a whole number from 1' }).min(1, { error: 'must be a whole number from 1' });

/** The group `throttle`. */
export const signInThrottleGroup: OptionGroup<SignInThrottleOptions> = {
  token: SignInThrottleOptions,
  rule: z.strictObject({
    failuresPerAccount: failures.default(10),
    failuresPerAddress: failures.default(50),
    failuresBeforeDelay: failures.default(100),
    longestDelaySeconds: z.number({ error: DELAY }).min(0, { error: DELAY }).max(30, { error: DELAY }).default(4),
    windowSeconds: secondsBetween(1, LOGIN_FAILURES.maxLifetimeSeconds).default(900),
  }),
};
