import type { Request, Response } from 'express';
import type { SignIn } from './sign-in.js';

/** The end user who is signed in at a browser, with the sign-in. */
export interface SignedInEndUser extends SignIn {
  /** The id by which the UserStore knows the end user. */
  readonly subject: string;
  /** `sid`: names this sign-in; it is not the value of the cookie. */
  readonly sessionId: string;
  /** When the end user last signed in or chose this account at the account chooser. */
  readonly confirmedAt: Date;
}

/** What pages show of a client. */
export interface ClientOnDisplay {
  /** Fit for display. */
  readonly name: string;
  /** Fit for display. */
  readonly publisher?: string | undefined;
  /** An https URL of an image. */
  readonly logo?: string | undefined;
}

/** A request to sign in, by which an end user is sent to the sign-in page. */
export interface SignInRequest {
  /** The path of this server to which the end user comes back. */
  readonly returnTo: string;
  /**
   * `sign-in` when nobody is signed in, `reauthenticate` when the end user must prove again who they are,
   * `select-account` to choose an account.
   */
  readonly reason: 'sign-in' | 'reauthenticate' | 'select-account';
  readonly loginHint?: string | undefined;
  /** The languages to ask in, most wanted first (`ui_locales` of OpenID Connect Core section 3.1.2.1). */
  readonly uiLocales?: string | undefined;
  /** The client that the end user comes from, shown on the page. */
  readonly client?: ClientOnDisplay | undefined;
}

/** Port between the two sides: auth implements it, the authorization endpoint calls it. */
export abstract class EndUserSession {
  /** The end user signed in at the browser that sent this request. */
  abstract current(request: Request): Promise<SignedInEndUser | undefined>;
  /** The address to which the browser is sent so that the end user signs in and comes back. */
  abstract signInUrl(request: SignInRequest): string;
  /** Signs the end user out at the browser that sent this request. Does nothing when nobody is signed in there. */
  abstract end(request: Request, response: Response): Promise<void>;
  /** Ends a sign-in by its `sid`, from whichever browser. Does nothing when the sign-in is over already. */
  abstract endBySessionId(sessionId: string): Promise<void>;
}
