import { z } from 'zod';
import { type OptionGroup, secondsBetween } from '../../common/config/option-group.js';
import { SIGN_IN_SESSIONS } from '../../users/session/sign-in-session.repository.js';

const DAY_SECONDS = 86_400;

/** The group `sessions`: how long an end user stays signed in at one browser. */
export abstract class SignInSessionOptions {
  /** Since the sign-in, however busy the end user is. At most 400 days. @default 14 days */
  abstract readonly absoluteLifetimeSeconds: number;
  /** Since the last request. @default one day */
  abstract readonly idleLifetimeSeconds: number;
}

const lifetime = secondsBetween(1, SIGN_IN_SESSIONS.maxLifetimeSeconds);

/** The group `sessions`. */
export const signInSessionGroup: OptionGroup<SignInSessionOptions> = {
  token: SignInSessionOptions,
  rule: z.strictObject({
    absoluteLifetimeSeconds: lifetime.default(14 * DAY_SECONDS),
    idleLifetimeSeconds: lifetime.default(DAY_SECONDS),
  }),
};
