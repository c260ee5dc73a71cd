const SECONDS_PER_DAY = 86_400;

/** How long a person stays signed in at one browser. */
export interface SignInSessionOptions {
  /** Since the sign-in, however busy the person is; at most 400 days. */
  readonly absoluteLifetimeSeconds: number;
  /** Since the last request. */
  readonly idleLifetimeSeconds: number;
}

/** DI token under which any global module may provide other lifetimes. */
export const SIGN_IN_SESSION_OPTIONS = Symbol('SignInSessionOptions');

/** Two weeks, and a day without a request. */
export const signInSessionDefaults: SignInSessionOptions = {
  absoluteLifetimeSeconds: 14 * SECONDS_PER_DAY,
  idleLifetimeSeconds: SECONDS_PER_DAY,
};
