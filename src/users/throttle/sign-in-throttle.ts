/** A password that is to be tried. */
export interface PasswordTry {
  /** What was typed as the account, in one normal form; it need not exist. */
  readonly account: string;
  /** The address that the request came from. */
  readonly address: string;
  /**
   * Names the browser, when somebody has signed in to this very account by it before. Nobody else can come under this
   * name, so its failures may be counted apart from those of strangers.
   */
  readonly knownBrowser?: string | undefined;
}

/** What came of a try: the password was right or wrong, or nobody has looked at it because too many have failed. */
export type PasswordTryResult =
  | { readonly outcome: 'right' | 'wrong' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

/** Port: how often a password may be guessed. Replace it to count elsewhere or to be stricter. */
export abstract class SignInThrottle {
  /**
   * Runs `check`, which tells whether the password is right, now or a little later; or does not run it, and says in how
   * many whole seconds a try is worth making. A try counts before its check, so that parallel ones cannot slip past a
   * limit, and it counts as failed only once it has: one whose check throws leaves nothing behind.
   */
  abstract attempt(tried: PasswordTry, check: () => Promise<boolean>): Promise<PasswordTryResult>;
}
