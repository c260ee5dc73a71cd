/** One try at signing in, counted as failed until it is known to have succeeded. */
export interface SignInAttempt {
  /** Whole seconds until a try is worth making again; undefined when this one may go on. */
  readonly retryAfterSeconds: number | undefined;
  /** Forgets the account's failures and takes this try back from those of the address. */
  succeed(): Promise<void>;
}

/** Port: how often a password may be guessed. Replace it to count elsewhere or to be stricter. */
export abstract class SignInThrottle {
  /**
   * Begins a try for what was typed as the account, which need not exist, from the address of the request. Counts
   * before the password is looked at, so that parallel tries cannot slip past a limit.
   */
  abstract begin(account: string, address: string): Promise<SignInAttempt>;
}
