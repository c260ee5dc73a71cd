import type { Request } from 'express';
import type { ServiceMark } from '../../ui/components/service-mark.js';
import type { SignInRequest } from '../../users/session/end-user-session.js';

/** One way to sign in elsewhere, shown as a button. */
export interface LoginChoice {
  /** The name of the service to sign in with, such as `GitHub`. The button says the rest in the end user's language. */
  readonly service: string;
  /** The mark of the service, drawn before the words. */
  readonly mark?: ServiceMark;
  /** The path of this server that starts the sign-in. */
  readonly href: string;
}

/**
 * Port: ways to sign in besides a password. A global module provides the class. Without one the sign-in page asks for a
 * password alone.
 */
export abstract class LoginChoices {
  /**
   * The choices for a sign-in request, which says why the end user is asked and where they go afterwards. `request` is
   * that of the page.
   */
  abstract choices(signInRequest: SignInRequest, request: Request): readonly LoginChoice[];
}
