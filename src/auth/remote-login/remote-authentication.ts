import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Passport } from 'passport';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { FormParameters } from '../../common/http/form-parameters.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { OutgoingFetchError } from '../../common/outgoing/outgoing-fetch.error.js';
import { AnsweredCallbacks, type GivenAnswer } from './flow/answered-callbacks.js';
import type { LoginAttempt } from './flow/login-attempt.js';
import type { LoginExchange } from './flow/login-exchange.js';
import { LoginFlows, type TakenFlow } from './flow/login-flows.js';
import { callFailure, LoginFailure } from './login-failure.js';
import { readIdentity } from './profile/read-identity.js';
import type { RemoteIdentity, RemoteProfile } from './profile/remote-identity.js';
import { LoginProtocol, type LoginProtocolHandler } from './protocols/login-protocol.js';
import type { RemoteApp } from './remote-app.js';
import { mended } from './settings/compliance-hooks.js';

/** What a provider has confirmed, with the flow that it was asked in. */
export interface ConfirmedIdentity extends Pick<TakenFlow, 'attempt' | 'answer'> {
  readonly identity: RemoteIdentity;
}

/**
 * Runs the passport strategy of a remote app's protocol for one request. Each request has a strategy of its own, since
 * passport writes its outcome functions onto the instance; passport's registry and sessions stay unused.
 */
@Injectable()
export class RemoteAuthentication {
  readonly #passport = new Passport();
  readonly #protocols: Registry<LoginProtocolHandler>;

  constructor(
    registries: Registries,
    private readonly paths: Paths,
    private readonly flows: LoginFlows,
    private readonly answered: AnsweredCallbacks,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  /** Sends the browser to the provider. Resolves when the response closes, because passport reports no redirect. */
  async start(attempt: LoginAttempt, request: Request, response: Response): Promise<void> {
    const closed = new Promise((resolve) => response.once('close', resolve));
    await Promise.race([closed, this.#run(attempt, undefined, request, response)]);
  }

  /**
   * The identity that the provider confirms, and the flow that the answer belongs to; or what the browser was given for
   * the very same answer before. `callbackPath` is where the answer came in, if that is no route of ours; a flow that was
   * to come back elsewhere is refused. Raises LoginFailure.
   */
  async finish(
    app: RemoteApp,
    parameters: FormParameters,
    request: Request,
    response: Response,
    callbackPath?: string,
  ): Promise<ConfirmedIdentity | { readonly given: GivenAnswer }> {
    const sent = this.#mended(app, parameters);
    const handle = this.#protocolOf(app).flowHandle(sent);
    const taken = await this.flows.take(request, response, app, handle, sent);
    if ('given' in taken) return taken;
    const { attempt, secrets, answer } = taken;
    try {
      if (attempt.callbackPath !== callbackPath) {
        throw new LoginFailure('flow_unknown', attempt, 'the answer came to another address than the one asked for');
      }
      const profile = await this.#run(attempt, { parameters: sent, secrets }, request, response);
      const asked = attempt.scopes ?? app.scopes;
      // A provider that leaves the scope out has granted what was asked for (RFC 6749 section 5.1).
      const scope = profile.tokens.scope ?? asked?.join(' ');
      const identity = readIdentity(attempt, { ...profile, tokens: { ...profile.tokens, scope } });
      return { attempt, answer, identity };
    } catch (error) {
      await this.answered.settle(answer.key, answer.parameters, 'no redirect');
      throw error;
    }
  }

  /** True for parameters that a provider has sent back, whatever they say. */
  isAnswer(app: RemoteApp, parameters: FormParameters): boolean {
    const sent = this.#mended(app, parameters);
    return this.#protocolOf(app).flowHandle(sent) !== undefined || ['code', 'error'].some((name) => sent.get(name));
  }

  #mended(app: RemoteApp, parameters: FormParameters): FormParameters {
    const hook = app.compliance?.callbackParameters;
    if (hook === undefined) return parameters;
    const sent: Readonly<Record<string, string>> = Object.fromEntries(parameters.entries());
    const made = mended(hook, sent, (problem) => {
      throw new LoginFailure('answer_incomplete', { app, returnTo: this.paths.home }, problem);
    });
    return FormParameters.from(made);
  }

  #callbackUrlOf({ app, callbackPath }: LoginAttempt): string {
    if (callbackPath !== undefined) return this.paths.absolute(callbackPath);
    return this.paths.url(ROUTES.remoteCallback, { provider: app.name });
  }

  async #run(
    attempt: LoginAttempt,
    answer: LoginExchange['answer'],
    request: Request,
    response: Response,
  ): Promise<RemoteProfile> {
    const strategy = await this.#protocolOf(attempt.app).strategy({
      ...attempt,
      answer,
      callbackUrl: this.#callbackUrlOf(attempt),
      begin: (handle, secrets) => this.flows.begin(request, response, attempt, handle, secrets),
    });
    return new Promise((resolve, reject) => {
      const outcome = (error: unknown, profile?: RemoteProfile | false) =>
        profile ? resolve(profile) : reject(failureOf(attempt, error));
      this.#passport.authenticate(strategy, { session: false }, outcome)(request, response, reject);
    });
  }

  /** The protocol of a remote app. The protocol has completed the app at boot, so the registry has it. */
  #protocolOf({ protocol }: RemoteApp): LoginProtocolHandler {
    return this.#protocols.find(protocol) as LoginProtocolHandler;
  }
}

/**
 * The failure for the outcome of a strategy. A strategy that fails without an error says by passport's convention that
 * the end user was not let in.
 */
function failureOf(attempt: LoginAttempt, error: unknown): unknown {
  if (error instanceof OutgoingFetchError) return callFailure(attempt, error);
  return error ?? new LoginFailure('access_denied', attempt, 'the strategy gave no profile');
}
