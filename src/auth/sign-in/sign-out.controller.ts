import { Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CsrfProtection } from '../../common/http/csrf-protection.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Paths } from '../../common/http/paths.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { Pages } from '../../ui/pages.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { labelOf } from '../../users/user/user.js';
import { UserStore } from '../../users/user/user-store.js';
import { signOutPage } from './sign-out.page.js';

/** Signing out at this browser, after asking, so that no link or image of another site can do it. */
@Public()
@OwnController()
export class SignOutController {
  constructor(
    private readonly csrf: CsrfProtection,
    private readonly session: EndUserSession,
    private readonly users: UserStore,
    private readonly pages: Pages,
    private readonly paths: Paths,
  ) {}

  @Get(ROUTES.signOut)
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const endUser = await this.session.current(request);
    const user = endUser && (await this.users.findById(endUser.subject));
    this.pages.show(request, response, signOutPage, { accountLabel: user && labelOf(user) });
  }

  /** Raises ForbiddenFormError. */
  @Post(ROUTES.signOut)
  async signOut(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.csrf.check(request, request.body as FormParameters);
    await this.session.end(request, response);
    response.redirect(303, this.paths.to(ROUTES.signOut));
  }
}
