/** One way to sign in elsewhere, shown as a button. */
export interface LoginChoice {
  /** For example `Sign in with GitHub`. */
  readonly label: string;
  /** A path of this server that starts it. */
  readonly href: string;
}

/** Port: ways to sign in besides a password. A global module provides it; the sign-in page does without. */
export abstract class LoginChoices {
  /** Takes the path of this server at which the person is to arrive after signing in. */
  abstract choices(returnTo: string): readonly LoginChoice[];
}
