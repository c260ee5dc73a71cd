import { Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CsrfProtection } from '../../../common/http/csrf-protection.js';
import { FormParameters } from '../../../common/http/form-parameters.js';
import { OwnController } from '../../../common/http/own-controller.decorator.js';
import { Paths } from '../../../common/http/paths.js';
import { Public } from '../../../common/http/route-access.js';
import { ROUTES } from '../../../common/http/routes.js';
import { normalEmail } from '../../../users/user/email-address.js';
import { UserStore } from '../../../users/user/user-store.js';
import { SignInSessions } from '../../sign-in/sign-in-sessions.js';
import { AnsweredCallbacks } from '../flow/answered-callbacks.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';
import { LinkOffers } from './link-offers.js';
import { PendingLinks } from './pending-links.js';
import { RemoteSignIn } from './remote-sign-in.js';

/** Links identities at providers: after the question whether to, and after the account's owner has signed in. */
@Public()
@OwnController()
export class LinkAccountController {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly csrf: CsrfProtection,
    private readonly offers: LinkOffers,
    private readonly pending: PendingLinks,
    private readonly answered: AnsweredCallbacks,
    private readonly users: UserStore,
    private readonly signIn: RemoteSignIn,
    private readonly sessions: SignInSessions,
    private readonly paths: Paths,
  ) {}

  /**
   * Links the identity that has waited for the end user to sign in, if they did so to the account that has its address;
   * asks about it where they did so to another. Raises LoginFailure: flow_unknown, flow_expired, linked_elsewhere.
   */
  @Get(ROUTES.linkAccount)
  async goOn(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const app = this.apps.find(provider);
    const endUser = await this.sessions.current(request);
    if (endUser === undefined) {
      response.redirect(303, this.sessions.signInUrl({ returnTo: this.paths.of(request), reason: 'sign-in' }));
      return;
    }
    const handle = FormParameters.parseQuery(request).get('pending');
    const taken = await this.pending.take(request, response, app, handle);
    if ('given' in taken) return response.redirect(303, taken.given.location);
    const { attempt, identity, answer } = taken;
    const user = await this.users.findById(endUser.subject);
    const isSame = user?.email !== undefined && user.email === normalEmail(identity.verifiedEmail ?? '');
    if (!isSame) {
      await this.answered.settle(answer.key, answer.parameters, 'no redirect');
      return this.offers.show(request, response, attempt, identity, endUser.subject);
    }
    await this.signIn.link(attempt, identity, endUser.subject);
    await this.answered.redirect(response, answer.key, answer.parameters, attempt.returnTo);
  }

  /** Raises ForbiddenFormError, or LoginFailure: flow_unknown, flow_expired, linked_elsewhere. */
  @Post(ROUTES.linkAccount)
  async link(@Param('provider') provider: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const app = this.apps.find(provider);
    const form = request.body as FormParameters;
    this.csrf.check(request, form);
    const endUser = await this.sessions.current(request);
    const { attempt, identity } = this.offers.open(app, form.get('offer') ?? '', endUser?.subject);
    const subject = await this.signIn.link(attempt, identity, endUser?.subject ?? '');
    await this.sessions.begin(request, response, { subject, amr: ['fed'], authTime: endUser?.authTime });
    response.redirect(303, attempt.returnTo);
  }
}
