import { z } from 'zod';
import { type OptionGroup, secondsBetween } from '../../common/config/option-group.js';
import { SIGN_IN_SESSIONS } from '../../users/session/sign-in-session.repository.js';

const DAY_SECONDS = 86_400;

/** The group `sessions`: how long an end user stays signed in at one browser. */
export abstract class SignInSessionOptions {
  /** How long an end user stays signed in at most, counted from the sign-in. At most 400 days. @default 14 days */
  abstract readonly absoluteLifetimeSeconds: number;
  /** How long an end user stays signed in without a request. @default one day */
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
