/** A password that is to be tried. */
export interface PasswordTry {
  /** The account as it was typed, in its normal form. The account need not exist. */
  readonly account: string;
  /** The address that the request came from. */
  readonly address: string;
  /**
   * The name of the browser, when somebody has signed in to this very account by it before. No other browser can have
   * this name, so its failures may be counted apart from those of strangers.
   */
  readonly knownBrowser?: string | undefined;
}

/** The outcome of a try: the password was right or wrong, or was not looked at because too many tries have failed. */
export type PasswordTryResult =
  | { readonly outcome: 'right' | 'wrong' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Port: decides how often a password may be guessed. Replace this class to count elsewhere or to be stricter. */
export abstract class SignInThrottle {
  /**
   * Runs `check`, which tells whether the password is right, at once or after a delay. Or refuses to run `check`, and
   * says in how many whole seconds a try is worth making. A try counts as under way before its check, so that parallel
   * tries cannot slip past a limit. A try counts as failed only when its check says so; a check that throws leaves
   * nothing behind.
   */
  abstract attempt(tried: PasswordTry, check: () => Promise<boolean>): Promise<PasswordTryResult>;
}
