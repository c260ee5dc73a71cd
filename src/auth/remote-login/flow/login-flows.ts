import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { digestOf, randomText } from '../../../common/crypto/random-token.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import { Cookies } from '../../../common/http/cookies.js';
import { Paths } from '../../../common/http/paths.js';
import { Clock } from '../../../common/time/clock.js';
import { FlowExpiredError } from '../errors/flow-expired.error.js';
import { FlowUnknownError } from '../errors/flow-unknown.error.js';
import type { RemoteApp } from '../remote-app.js';
import type { FlowSecrets, LoginAttempt, LoginFlow } from './login-flow.js';

const LIFETIME_SECONDS = 600;
const COOKIE_PREFIX = 'login_';
/** Browsers drop a cookie over 4096 bytes without a word; name and attributes take some of them. */
const MAX_COOKIE_LENGTH = 3800;
/** Started and not finished in one browser; enough for a row of tabs, and within what servers take in a Cookie header. */
const MAX_OPEN_FLOWS = 6;

interface FlowRecord extends FlowSecrets {
  readonly app: string;
  readonly returnTo: string;
  readonly endsAtMilliseconds: number;
}

/**
 * The memory of sign-ins that are on their way: one sealed cookie for each, named by a digest of its state, so that
 * every tab has its own. A state that this browser did not take to the provider is worth nothing here, which is the
 * protection of RFC 6749 section 10.12.
 */
@Injectable()
export class LoginFlows {
  constructor(
    private readonly cookies: Cookies,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly paths: Paths,
  ) {}

  /**
   * Remembers a flow in the browser for ten minutes; gives the `state` to take to the provider. Raises
   * InvalidRequestError for a way back that is not of this server, or too long for a cookie.
   */
  begin(request: Request, response: Response, { app, returnTo }: LoginAttempt, secrets: FlowSecrets): string {
    if (!this.paths.owns(returnTo)) {
      throw new InvalidRequestError({ description: 'return_to must be a path of this server, such as /account' });
    }
    const state = randomText();
    const endsAtMilliseconds = this.clock.now().getTime() + LIFETIME_SECONDS * 1000;
    const record: FlowRecord = { ...secrets, app: app.name, returnTo, endsAtMilliseconds };
    const sealed = this.keys.sealJson(record, contextOf(state));
    if (sealed.length > MAX_COOKIE_LENGTH) throw new InvalidRequestError({ description: 'return_to is too long' });
    this.#forgetOldest(request, response);
    const sameSite = app.responseMode === 'form_post' ? 'none' : 'lax';
    this.cookies.set(response, cookieOf(state), sealed, { maxAgeSeconds: LIFETIME_SECONDS, sameSite });
    return state;
  }

  /**
   * The flow that came back with this state, which is then forgotten. Raises FlowUnknownError when this browser did
   * not start it at this provider or has come back with it before, FlowExpiredError after ten minutes.
   */
  take(request: Request, response: Response, app: RemoteApp, state: string | undefined): LoginFlow {
    const sealed = state && this.cookies.get(request, cookieOf(state));
    const record = sealed && this.keys.openJson<FlowRecord>(sealed, contextOf(state as string));
    if (!state || !record || record.app !== app.name) throw new FlowUnknownError(app);
    this.cookies.clear(response, cookieOf(state));
    const { endsAtMilliseconds, returnTo, verifier, nonce } = record;
    if (this.clock.now().getTime() > endsAtMilliseconds) throw new FlowExpiredError({ app, returnTo });
    return { app, returnTo, verifier, nonce, state };
  }

  /** Browsers send cookies oldest first (RFC 6265 section 5.4). */
  #forgetOldest(request: Request, response: Response): void {
    const open = this.cookies.names(request).filter((name) => name.startsWith(COOKIE_PREFIX));
    for (const name of open.slice(0, Math.max(0, open.length - MAX_OPEN_FLOWS + 1))) this.cookies.clear(response, name);
  }
}

function cookieOf(state: string): string {
  return COOKIE_PREFIX + digestOf(state).toString('base64url', 0, 12);
}

function contextOf(state: string): string {
  return `login flow:${state}`;
}
