import type { SignInRequest } from '../../users/session/end-user-session.js';

/** One way to sign in elsewhere, shown as a button. */
export interface LoginChoice {
  /** What to sign in with, such as `GitHub`; the button says the rest in the end user's language. */
  readonly service: string;
  /** A path of this server that starts it. */
  readonly href: string;
}

/** Port: ways to sign in besides a password. A global module provides it; the sign-in page does without. */
export abstract class LoginChoices {
  /** Takes why the end user is asked, and where they are to arrive after signing in. */
  abstract choices(signInRequest: SignInRequest): readonly LoginChoice[];
}
