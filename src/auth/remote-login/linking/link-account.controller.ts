import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CsrfProtection } from '../../../common/http/csrf-protection.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { Public } from '../../../common/http/route-access.js';
import { ROUTES } from '../../../common/http/routes.js';
import { SignInSessions } from '../../sign-in/sign-in-sessions.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';
import { LinkOffers } from './link-offers.js';
import { RemoteSignIn } from './remote-sign-in.js';

/** Takes the answer to the question whether an identity at a provider is to be linked. */
@Public()
@Controller()
export class LinkAccountController {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly csrf: CsrfProtection,
    private readonly offers: LinkOffers,
    private readonly signIn: RemoteSignIn,
    private readonly sessions: SignInSessions,
  ) {}

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
