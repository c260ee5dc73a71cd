import type { Request } from 'express';

/** Who is signed in at this browser, since when and how. */
export interface SignedInEndUser {
  readonly userId: string;
  /** `sid` (OpenID Connect Front-Channel Logout section 3): this sign-in, not the cookie's value. */
  readonly sessionId: string;
  /** `auth_time`: when the person last proved who they are. */
  readonly authTime: Date;
  /** `amr` (RFC 8176), for example `pwd` or `fed`. */
  readonly amr: readonly string[];
  /** When the person last signed in or said at the account chooser that this is them. */
  readonly confirmedAt: Date;
}

/** How a person is asked to sign in. */
export interface SignInAsk {
  /** A path of this server to come back to. */
  readonly returnTo: string;
  /** `sign-in` when nobody is signed in, `reauthenticate` to prove it again, `select-account` to choose. */
  readonly reason: 'sign-in' | 'reauthenticate' | 'select-account';
  readonly loginHint?: string | undefined;
  /** The client that the person is on the way to, shown on the page. */
  readonly clientName?: string | undefined;
}

/** Port between the two sides: auth implements it, the authorization endpoint asks it. */
export abstract class EndUserSession {
  /** The person signed in at the browser that sent this request. */
  abstract current(request: Request): Promise<SignedInEndUser | undefined>;
  /** Where to send the browser so that the person signs in and comes back. */
  abstract signInUrl(ask: SignInAsk): string;
}
