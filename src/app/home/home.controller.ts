import { Get, Inject, Optional, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Paths } from '../../common/http/paths.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { EndUserSession } from '../../users/session/end-user-session.js';

/** DI token of the address that the start page leads to. */
export const HOME_URL = Symbol('HOME_URL');

/**
 * The start page, which shows nothing: it leads to HOME_URL, and without that to what the end user allowed, by way of
 * the sign-in page where nobody is signed in.
 */
@Public()
@OwnController()
export class HomeController {
  constructor(
    private readonly session: EndUserSession,
    private readonly paths: Paths,
    @Optional() @Inject(HOME_URL) private readonly homeUrl: string | undefined,
  ) {}

  @Get(ROUTES.home)
  async lead(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.set('Cache-Control', 'no-store').redirect(303, this.homeUrl ?? (await this.#ownPage(request)));
  }

  async #ownPage(request: Request): Promise<string> {
    const page = this.paths.to(ROUTES.authorizations);
    const endUser = await this.session.current(request);
    return endUser ? page : this.session.signInUrl({ returnTo: page, reason: 'sign-in' });
  }
}
