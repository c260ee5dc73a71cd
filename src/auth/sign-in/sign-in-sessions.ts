import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { digestOf } from '../../common/crypto/random-token.js';
import type { TokenKey } from '../../common/database/expiring-table.js';
import { Events } from '../../common/events/events.js';
import { Cookies } from '../../common/http/cookies.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import { EndUserSession, type SignedInEndUser, type SignInRequest } from '../../users/session/end-user-session.js';
import { SIGN_IN_SESSIONS, SignInSessionRepository } from '../../users/session/sign-in-session.repository.js';
import { KnownBrowsers } from './known-browsers.js';
import { SignInLink } from './sign-in-link.js';
import { SignInSessionOptions } from './sign-in-session.options.js';

const COOKIE = 'session';
const TOUCH_SECONDS = 300;
const MAX_USER_AGENT_LENGTH = 512;

declare global {
  namespace Express {
    interface Request {
      /** The end user who is signed in at the browser; undefined while nobody is, and before the session was read. */
      endUser?: SignedInEndUser | undefined;
    }
  }
}

/** The proof by which an end user signs in. */
export interface SignInProof {
  /** The id by which the UserStore knows the end user. */
  readonly subject: string;
  /** `amr` (RFC 8176): `pwd` for a password, `fed` for a provider elsewhere. */
  readonly amr: readonly string[];
  /** When the end user proved who they are, if a provider says so. Left out, or in the future, it is taken as now. */
  readonly authTime?: Date | undefined;
}

/** Keeps end users signed in by a cookie. Only a digest of its value is stored. */
@Injectable()
export class SignInSessions extends EndUserSession {
  constructor(
    private readonly sessions: SignInSessionRepository,
    private readonly cookies: Cookies,
    private readonly clock: Clock,
    private readonly link: SignInLink,
    private readonly browsers: KnownBrowsers,
    private readonly options: SignInSessionOptions,
    private readonly events: Events,
  ) {
    super();
  }

  /** Reads the session at most once for each request, and notes every five minutes that the end user is still here. */
  async current(request: Request): Promise<SignedInEndUser | undefined> {
    const key = request.endUser === undefined ? this.#keyOf(request) : undefined;
    if (key === undefined) return request.endUser;
    const found = await this.sessions.find(key, this.clock.now(), this.#ago(this.options.idleLifetimeSeconds));
    if (found === undefined) return undefined;
    const seenBefore = this.#ago(TOUCH_SECONDS);
    const { lastSeenAt, ...endUser } = found;
    if (lastSeenAt <= seenBefore) await this.sessions.touch(key, this.clock.now(), seenBefore);
    request.endUser = endUser;
    return endUser;
  }

  signInUrl(signInRequest: SignInRequest): string {
    return this.link.to(signInRequest);
  }

  /**
   * Signs an end user in under a new session. The session that the browser came with ends, so that nobody can plant one
   * beforehand. The `sid` stays where the same end user was signed in, so that signing out later ends what came of
   * either sign-in.
   */
  async begin(request: Request, response: Response, { subject, amr, authTime }: SignInProof): Promise<void> {
    const { absoluteLifetimeSeconds } = this.options;
    const signedInAt = this.clock.now();
    const expiresAt = secondsAfter(signedInAt, absoluteLifetimeSeconds);
    const token = SIGN_IN_SESSIONS.newToken(expiresAt);
    const old = this.#keyOf(request);
    await this.sessions.replace(old, {
      period: SIGN_IN_SESSIONS.periodOf(expiresAt),
      digest: digestOf(token),
      sessionId: old && (await this.sessions.sessionIdOf(old, subject)),
      subject,
      amr: [...amr],
      authTime: authTime === undefined || authTime > signedInAt ? signedInAt : authTime,
      userAgent: request.headers['user-agent']?.slice(0, MAX_USER_AGENT_LENGTH),
      ipAddress: request.ip,
      confirmedAt: signedInAt,
      lastSeenAt: signedInAt,
      expiresAt,
    });
    request.endUser = undefined;
    this.cookies.set(response, COOKIE, token, { maxAgeSeconds: absoluteLifetimeSeconds });
    this.browsers.remember(request, response, subject);
    this.events.emit({ type: 'end_user.signed_in', subject, amr, address: request.ip });
  }

  /**
   * Notes that the end user chose to go on with the account that is signed in; false when nobody is signed in any more.
   */
  async confirm(request: Request): Promise<boolean> {
    const key = this.#keyOf(request);
    if (key === undefined) return false;
    return this.sessions.confirm(key, this.clock.now(), this.#ago(this.options.idleLifetimeSeconds));
  }

  async end(request: Request, response: Response): Promise<void> {
    const key = this.#keyOf(request);
    const subject = key === undefined ? undefined : await this.sessions.remove(key);
    request.endUser = undefined;
    this.cookies.clear(response, COOKIE);
    this.#tellSignOut(subject);
  }

  async endBySessionId(sessionId: string): Promise<void> {
    this.#tellSignOut(await this.sessions.removeBySessionId(sessionId));
  }

  #tellSignOut(subject: string | undefined): void {
    if (subject !== undefined) this.events.emit({ type: 'end_user.signed_out', subject });
  }

  #keyOf(request: Request): TokenKey | undefined {
    const token = this.cookies.get(request, COOKIE);
    return token === undefined ? undefined : SIGN_IN_SESSIONS.keyOf(token);
  }

  #ago(seconds: number): Date {
    return secondsAfter(this.clock.now(), -seconds);
  }
}
