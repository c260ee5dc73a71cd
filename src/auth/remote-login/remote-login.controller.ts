import { Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InvalidRequestError } from '../../common/errors/rfc6749.errors.js';
import { Events } from '../../common/events/events.js';
import { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Paths } from '../../common/http/paths.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import type { SignedInEndUser } from '../../users/session/end-user-session.js';
import { SignInSessions } from '../sign-in/sign-in-sessions.js';
import { AnsweredCallbacks, type GivenAnswer } from './flow/answered-callbacks.js';
import { FurtherScopes } from './flow/further-scopes.js';
import { PostedAnswers } from './flow/posted-answers.js';
import { LastProvider } from './last-provider.js';
import { LinkOffers } from './linking/link-offers.js';
import { PendingLinks } from './linking/pending-links.js';
import { RemoteSignIn } from './linking/remote-sign-in.js';
import { LoginFailure } from './login-failure.js';
import type { RemoteApp } from './remote-app.js';
import { RemoteAppRegistry } from './remote-app-registry.js';
import { type ConfirmedIdentity, RemoteAuthentication } from './remote-authentication.js';

/**
 * Signing in at a provider: sends the browser there, and takes its answer. Every failure is a LoginFailure, which
 * becomes a page.
 */
@Public()
@OwnController()
export class RemoteLoginController {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly authentication: RemoteAuthentication,
    private readonly further: FurtherScopes,
    private readonly posted: PostedAnswers,
    private readonly signIn: RemoteSignIn,
    private readonly sessions: SignInSessions,
    private readonly offers: LinkOffers,
    private readonly pending: PendingLinks,
    private readonly lastProvider: LastProvider,
    private readonly answered: AnsweredCallbacks,
    private readonly paths: Paths,
    private readonly events: Events,
  ) {}

  /** Raises LoginFailure (unknown_provider), or InvalidRequestError for a `return_to` that is no path of this server or
   * an `ask` that it did not seal. */
  @Get(ROUTES.remoteSignIn)
  async start(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const parameters = FormParameters.parseQuery(request);
    const app = this.apps.find(provider);
    const returnTo = parameters.get('return_to') ?? this.paths.home;
    if (!this.paths.owns(returnTo)) {
      throw new InvalidRequestError({ description: 'return_to must be a path of this server, such as /account' });
    }
    const mustProveAgain = parameters.get('prompt') === 'login';
    const attempt = this.further.read({ app, returnTo, mustProveAgain }, parameters.get('ask'));
    await this.authentication.start(attempt, request, response);
  }

  /** The authorization response by response mode `query`, or one that was posted and is gone on with. */
  @Get(ROUTES.remoteCallback)
  async callback(
    @Param('provider') provider: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const app = this.apps.find(provider);
    const parameters = this.posted.read(app, request);
    const settled = await this.#settled(app, parameters, request, response);
    if ('given' in settled) return this.#giveAgain(response, settled.given);
    const { attempt, identity, answer, endUser, outcome } = settled;
    if (!('subject' in outcome)) {
      await this.answered.settle(answer.key, answer.parameters, 'no redirect');
      if ('mustAsk' in outcome) return this.offers.show(request, response, attempt, identity, endUser?.subject ?? '');
      return this.pending.show(request, response, attempt, identity, outcome.mustProve.email);
    }
    // A provider that says no time has asked nobody anything, as far as is known.
    const authTime = identity.authTime ?? (endUser?.subject === outcome.subject ? endUser.authTime : undefined);
    await this.sessions.begin(request, response, { subject: outcome.subject, amr: ['fed'], authTime });
    this.lastProvider.remember(response, app);
    await this.answered.redirect(response, answer.key, answer.parameters, attempt.returnTo);
  }

  /** The authorization response by response mode `form_post`, which is gone on with by a GET. */
  @Post(ROUTES.remoteCallback)
  formCallback(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): void {
    response.redirect(303, this.posted.pathFor(this.apps.find(provider), request.body as FormParameters));
  }

  /** The browser may never have seen the first answer, so it gets its cookies as well. */
  #giveAgain(response: Response, { location, cookies }: GivenAnswer): void {
    for (const cookie of cookies) response.append('Set-Cookie', cookie);
    response.redirect(303, location);
  }

  async #settled(app: RemoteApp, parameters: FormParameters, request: Request, response: Response) {
    try {
      const confirmed = await this.authentication.finish(app, parameters, request, response);
      if ('given' in confirmed) return confirmed;
      const endUser = await this.sessions.current(request);
      const outcome = await this.#resolved(confirmed, endUser);
      return { ...confirmed, endUser, outcome };
    } catch (error) {
      if (error instanceof LoginFailure)
        this.events.emit({ type: 'sign_in.failed', provider: app.name, address: request.ip, reason: error.code });
      throw error;
    }
  }

  async #resolved({ attempt, identity, answer }: ConfirmedIdentity, endUser: SignedInEndUser | undefined) {
    try {
      return await this.signIn.resolve(attempt, identity, endUser);
    } catch (error) {
      await this.answered.settle(answer.key, answer.parameters, 'no redirect');
      throw error;
    }
  }
}
