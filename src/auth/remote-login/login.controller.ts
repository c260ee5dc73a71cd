import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FormParameters } from '../../common/http/form-parameters.js';
import { Paths } from '../../common/http/paths.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { SignInSessions } from '../sign-in/sign-in-sessions.js';
import { LoginFlows } from './flow/login-flows.js';
import { LinkOffers } from './linking/link-offers.js';
import { RemoteSignIn } from './linking/remote-sign-in.js';
import { RemoteAppRegistry } from './remote-app-registry.js';
import { RemoteAuthentication } from './remote-authentication.js';

/** Signing in at a provider: off to it, and back. Every failure raises an error of `errors/`, which becomes a page. */
@Public()
@Controller()
export class LoginController {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly flows: LoginFlows,
    private readonly authentication: RemoteAuthentication,
    private readonly signIn: RemoteSignIn,
    private readonly sessions: SignInSessions,
    private readonly offers: LinkOffers,
    private readonly paths: Paths,
  ) {}

  /** Raises UnknownProviderError, or InvalidRequestError for a `return_to` that is no path of this server. */
  @Get(ROUTES.remoteSignIn)
  async start(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const parameters = FormParameters.parseQuery(request);
    const attempt = {
      app: this.apps.find(provider),
      returnTo: parameters.get('return_to') ?? this.paths.to(ROUTES.home),
      mustProveAgain: parameters.get('prompt') === 'login',
    };
    await this.authentication.start(attempt, request, response);
  }

  /** The authorization response by response mode `query`. */
  @Get(ROUTES.remoteCallback)
  callback(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#finish(provider, FormParameters.parseQuery(request), request, response);
  }

  /** The authorization response by response mode `form_post`. */
  @Post(ROUTES.remoteCallback)
  formCallback(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#finish(provider, request.body as FormParameters, request, response);
  }

  async #finish(provider: string, parameters: FormParameters, request: Request, response: Response): Promise<void> {
    const flow = this.flows.take(request, response, this.apps.find(provider), parameters.get('state'));
    const identity = await this.authentication.finish({ flow, parameters }, request, response);
    const endUser = await this.sessions.current(request);
    const outcome = await this.signIn.settle(flow, identity, endUser);
    if ('mustAsk' in outcome) return this.offers.show(request, response, flow, identity, endUser?.userId ?? '');
    const { authTime } = identity;
    await this.sessions.begin(request, response, { userId: outcome.userId, amr: ['fed'], authTime });
    response.redirect(303, flow.returnTo);
  }
}
