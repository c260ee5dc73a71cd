import type { Request, Response } from 'express';
import type { SignIn } from './sign-in.js';

/** Who is signed in at this browser, since when and how. */
export interface SignedInEndUser extends SignIn {
  /** Whom the UserStore knows by this id. */
  readonly subject: string;
  /** `sid`: names this sign-in; it is not the value of the cookie. */
  readonly sessionId: string;
  /** When the end user last signed in or said at the account chooser that this is them. */
  readonly confirmedAt: Date;
}

/** What an end user is sent to the sign-in page for. */
export interface SignInRequest {
  /** A path of this server to come back to. */
  readonly returnTo: string;
  /** `sign-in` when nobody is signed in, `reauthenticate` to prove it again, `select-account` to choose. */
  readonly reason: 'sign-in' | 'reauthenticate' | 'select-account';
  readonly loginHint?: string | undefined;
  /** The languages to ask in, most wanted first (`ui_locales` of OpenID Connect Core section 3.1.2.1). */
  readonly uiLocales?: string | undefined;
  /** The client that the end user comes from, shown on the page. */
  readonly clientName?: string | undefined;
}

/** Port between the two sides: auth implements it, the authorization endpoint calls it. */
export abstract class EndUserSession {
  /** The end user signed in at the browser that sent this request. */
  abstract current(request: Request): Promise<SignedInEndUser | undefined>;
  /** Where to send the browser so that the end user signs in and comes back. */
  abstract signInUrl(request: SignInRequest): string;
  /** Signs out at the browser that sent this request; nothing happens when nobody is signed in there. */
  abstract end(request: Request, response: Response): Promise<void>;
  /** Ends a sign-in from afar, by its `sid`; nothing happens when it is over already. */
  abstract endBySessionId(sessionId: string): Promise<void>;
}
