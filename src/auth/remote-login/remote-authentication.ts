import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Passport, type Strategy } from 'passport';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { OutgoingFetch } from '../../common/outgoing/outgoing-fetch.js';
import { Clock } from '../../common/time/clock.js';
import type { LoginExchange, ProviderAnswer } from './flow/login-exchange.js';
import type { LoginAttempt } from './flow/login-flow.js';
import { LoginFlows } from './flow/login-flows.js';
import type { RemoteIdentity } from './profile/remote-identity.js';
import { OAuth2LoginStrategy } from './protocols/oauth2/oauth2-login.strategy.js';
import { OAuth2Provider } from './protocols/oauth2/oauth2-provider.js';
import { OidcConfigurations } from './protocols/oidc/oidc-configurations.js';
import { OidcLoginStrategy } from './protocols/oidc/oidc-login.strategy.js';

/**
 * Runs the passport strategy of a remote app for one request. Each request has a strategy of its own, since passport
 * writes its outcome functions onto the instance; passport's registry and sessions stay unused.
 */
@Injectable()
export class RemoteAuthentication {
  readonly #passport = new Passport();

  constructor(
    private readonly paths: Paths,
    private readonly flows: LoginFlows,
    private readonly outgoing: OutgoingFetch,
    private readonly configurations: OidcConfigurations,
    private readonly clock: Clock,
  ) {}

  /** Sends the browser to the provider; passport tells nobody of a redirect, but the response closes. */
  async start(attempt: LoginAttempt, request: Request, response: Response): Promise<void> {
    const closed = new Promise((resolve) => response.once('close', resolve));
    await Promise.race([closed, this.#run(attempt, undefined, request, response)]);
  }

  /** Who the provider says this is. Raises the errors of `errors/`, one for each way in which it can fail. */
  finish(answer: ProviderAnswer, request: Request, response: Response): Promise<RemoteIdentity> {
    return this.#run(answer.flow, answer, request, response);
  }

  #run(attempt: LoginAttempt, answer: ProviderAnswer | undefined, request: Request, response: Response) {
    const strategy = this.#strategyFor({
      attempt,
      answer,
      callbackUrl: this.paths.url(ROUTES.remoteCallback, { provider: attempt.app.name }),
      begin: (secrets) => this.flows.begin(request, response, attempt, secrets),
    });
    return new Promise<RemoteIdentity>((resolve, reject) => {
      const outcome = (error: unknown, identity?: unknown) =>
        identity ? resolve(identity as RemoteIdentity) : reject(error);
      this.#passport.authenticate(strategy, { session: false }, outcome)(request, response, reject);
    });
  }

  #strategyFor(exchange: LoginExchange): Strategy {
    const { app } = exchange.attempt;
    if (app.protocol === 'oidc') return new OidcLoginStrategy(app, exchange, this.configurations, this.clock);
    return new OAuth2LoginStrategy(app, exchange, new OAuth2Provider(app, exchange.attempt, this.outgoing, this.clock));
  }
}
