/** How many failed sign-ins are let through in one window of time. */
export interface SignInThrottleOptions {
  readonly failuresPerAccount: number;
  /** For an IPv4 address or an IPv6 network of 64 bits, which one household or server has whole. */
  readonly failuresPerAddress: number;
  /** At most 14 days. */
  readonly windowSeconds: number;
}

/** DI token under which any global module may provide other limits. */
export const SIGN_IN_THROTTLE_OPTIONS = Symbol('SignInThrottleOptions');

/** Ten for an account and fifty for an address in a quarter of an hour. */
export const signInThrottleDefaults: SignInThrottleOptions = {
  failuresPerAccount: 10,
  failuresPerAddress: 50,
  windowSeconds: 900,
};
