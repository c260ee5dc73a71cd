import { randomUUID } from 'node:crypto';
import { parseCookie } from 'cookie';
import type { Request } from 'express';
import type { SignInLink } from '../auth/sign-in/sign-in-link.js';
import { EndUserSession, type SignedInEndUser, type SignInRequest } from '../users/session/end-user-session.js';
import type { SignIn } from '../users/session/sign-in.js';

const COOKIE = 'gatehouse_session';

/** The sign-ins of one test, in place of those that the pages of Gatehouse begin. */
export class TestSessions extends EndUserSession {
  readonly #signedIn = new Map<string, SignedInEndUser>();

  #link: SignInLink | undefined;

  /** Has browsers sent to the sign-in page of the application, whose addresses are known once it is made. */
  sendingTo(link: SignInLink): this {
    this.#link = link;
    return this;
  }

  /** The header Cookie of a browser at which the end user is signed in. */
  begin(subject: string, { amr = ['pwd'], authTime = new Date(), ...signIn }: Partial<SignIn>): string {
    const sessionId = randomUUID();
    this.#signedIn.set(sessionId, { subject, amr, authTime, confirmedAt: authTime, ...signIn, sessionId });
    return `${COOKIE}=${sessionId}`;
  }

  async current(request: Request): Promise<SignedInEndUser | undefined> {
    return this.#signedIn.get(cookieOf(request));
  }

  signInUrl(signInRequest: SignInRequest): string {
    if (this.#link === undefined) throw new Error('Import the module of this TestOAuth');
    return this.#link.to(signInRequest);
  }

  async end(request: Request): Promise<void> {
    this.#signedIn.delete(cookieOf(request));
  }

  async endBySessionId(sessionId: string): Promise<void> {
    this.#signedIn.delete(sessionId);
  }
}

function cookieOf({ headers }: Request): string {
  return parseCookie(headers.cookie ?? '')[COOKIE] ?? '';
}
