import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { digestOf, randomText } from '../../../common/crypto/random-token.js';
import { Cookies } from '../../../common/http/cookies.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { Paths } from '../../../common/http/paths.js';
import { Clock } from '../../../common/time/clock.js';
import { LoginFailure } from '../login-failure.js';
import type { RemoteApp } from '../remote-app.js';
import { AnsweredCallbacks, type GivenAnswer, REPEATED_WITHIN_SECONDS } from './answered-callbacks.js';
import type { LoginAttempt } from './login-attempt.js';
import type { FlowSecrets } from './login-exchange.js';
import { LoginFlowStore } from './login-flow-store.js';
import { PostgresLoginFlowStore } from './postgres-login-flow-store.js';

const LIFETIME_SECONDS = 600;
const COOKIE_PREFIX = 'login_';
/** Longer flows are stored. Browsers drop a cookie over 4096 bytes without a word, and a few must fit into a header. */
const MAX_COOKIE_LENGTH = 1600;
/**
 * How long the cookies of all sign-ins may be that one browser has started and not finished: enough for a row of tabs,
 * and with the other cookies within the 8 KiB that proxies take as a header. The newest are kept.
 */
const MAX_COOKIES_LENGTH = 6500;

/** The content of the cookie of a flow that is stored: the part of the store's key that this browser alone knows. */
interface StoredFlow {
  readonly storedUnder: string;
}

/** A flow that is taken for the answer of its provider. */
export interface TakenFlow {
  readonly attempt: LoginAttempt;
  readonly secrets: FlowSecrets;
  /** Names the answer to AnsweredCallbacks. */
  readonly answer: { readonly key: string; readonly parameters: string };
}

interface FlowRecord {
  readonly secrets: FlowSecrets;
  readonly app: string;
  readonly returnTo: string;
  readonly scopes?: readonly string[] | undefined;
  readonly ask?: string | undefined;
  readonly callbackPath?: string | undefined;
  readonly endsAtMilliseconds: number;
}

/**
 * The memory of sign-ins that are on their way: one sealed cookie for each, named by a digest of its handle, so that
 * every tab has its own. The handle is what the provider's answer repeats, such as `state`. An answer whose handle this
 * browser did not take to the provider is refused, which is the protection of RFC 6749 section 10.12. What is too long
 * for a cookie, such as the way back into a long authorization request, goes to the LoginFlowStore, and everything does
 * where an application has put a store of its own in its place; the cookie then names it.
 */
@Injectable()
export class LoginFlows {
  readonly #isStoreBuiltIn: boolean;

  constructor(
    private readonly cookies: Cookies,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly paths: Paths,
    private readonly store: LoginFlowStore,
    private readonly answered: AnsweredCallbacks,
  ) {
    this.#isStoreBuiltIn = store.constructor === PostgresLoginFlowStore;
  }

  /** Remembers a flow for ten minutes, bound to the browser. */
  async begin(
    request: Request,
    response: Response,
    { app, returnTo, scopes, ask, callbackPath }: LoginAttempt,
    handle: string,
    secrets: FlowSecrets,
  ): Promise<void> {
    const endsAtMilliseconds = this.clock.now().getTime() + LIFETIME_SECONDS * 1000;
    const record: FlowRecord = { secrets, app: app.name, returnTo, scopes, ask, callbackPath, endsAtMilliseconds };
    const sealed = this.keys.sealJson(record, contextOf(handle));
    const fits = this.#isStoreBuiltIn && sealed.length <= MAX_COOKIE_LENGTH;
    const value = fits ? sealed : await this.#saved(sealed, handle);
    this.#forgetOldest(request, response, value.length);
    const sameSite = app.responseMode === 'form_post' ? 'none' : 'lax';
    this.cookies.set(response, cookieOf(handle), value, { maxAgeSeconds: LIFETIME_SECONDS, sameSite });
  }

  /**
   * Gives the flow of this handle for an answer, once; or what the browser was given for the very same answer before.
   * Raises LoginFailure: flow_unknown when this browser did not start it at this provider or has come back with another
   * answer before, flow_expired after ten minutes.
   */
  async take(
    request: Request,
    response: Response,
    app: RemoteApp,
    handle: string | undefined,
    parameters: FormParameters,
  ): Promise<TakenFlow | { readonly given: GivenAnswer }> {
    const unknown = (detail: string) => new LoginFailure('flow_unknown', { app, returnTo: this.paths.home }, detail);
    const cookie = handle && this.cookies.get(request, cookieOf(handle));
    const found = handle && cookie && this.keys.openJson<FlowRecord | StoredFlow>(cookie, contextOf(handle));
    if (!handle || !cookie || !found) throw unknown('this browser has no flow for this answer');
    const answer = {
      key: digestOf(`answered ${cookie}`).toString('base64url'),
      parameters: digestOf(JSON.stringify([...parameters.entries()])).toString('base64url'),
    };
    const claimed = await this.answered.claim(answer.key, answer.parameters);
    if (typeof claimed === 'object') return { given: claimed };
    if (claimed === 'refused') throw unknown('the flow was answered before');
    const record = 'storedUnder' in found ? await this.#fetched(found, handle) : found;
    if (record?.app !== app.name) {
      await this.answered.settle(answer.key, answer.parameters, 'no redirect');
      throw unknown('the flow is of another provider, or is not stored any more');
    }
    const sameSite = app.responseMode === 'form_post' ? 'none' : 'lax';
    this.cookies.set(response, cookieOf(handle), cookie, { maxAgeSeconds: REPEATED_WITHIN_SECONDS, sameSite });
    const { endsAtMilliseconds, returnTo, scopes, ask, callbackPath, secrets } = record;
    const attempt = {
      app,
      returnTo,
      ...(scopes && { scopes }),
      ...(ask && { ask }),
      ...(callbackPath && { callbackPath }),
    };
    if (this.clock.now().getTime() > endsAtMilliseconds) {
      throw new LoginFailure('flow_expired', attempt, 'the flow has expired');
    }
    return { attempt, secrets, answer };
  }

  /** Stores a flow under a key that is made of its handle and of what the cookie says, and gives the cookie. */
  async #saved(sealed: string, handle: string): Promise<string> {
    const flow: StoredFlow = { storedUnder: randomText() };
    await this.store.save(keyOf(handle, flow), sealed, LIFETIME_SECONDS);
    return this.keys.sealJson(flow, contextOf(handle));
  }

  async #fetched(found: StoredFlow, handle: string): Promise<FlowRecord | undefined> {
    const sealed = await this.store.fetch(keyOf(handle, found));
    return sealed === undefined ? undefined : this.keys.openJson<FlowRecord>(sealed, contextOf(handle));
  }

  /** Makes room for a flow. Browsers send cookies oldest first (RFC 6265 section 5.4). */
  #forgetOldest(request: Request, response: Response, length: number): void {
    const open = this.cookies.names(request).filter((name) => name.startsWith(COOKIE_PREFIX));
    let kept = length;
    for (const name of open.reverse()) {
      kept += this.cookies.get(request, name)?.length ?? 0;
      if (kept > MAX_COOKIES_LENGTH) this.cookies.clear(response, name);
    }
  }
}

function cookieOf(handle: string): string {
  return COOKIE_PREFIX + digestOf(handle).toString('base64url', 0, 12);
}

/** A key that neither the provider nor who reads the store can turn back into what the browser has. */
function keyOf(handle: string, { storedUnder }: StoredFlow): string {
  return digestOf(`${storedUnder} ${handle}`).toString('base64url');
}

function contextOf(handle: string): string {
  return `login flow:${handle}`;
}
