import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import { EndUserSession } from '../../../users/session/end-user-session.js';
import { labelOf } from '../../../users/user/user.js';
import { UserStore } from '../../../users/user/user-store.js';

/** Tells the landing page who is signed in at the browser that asks for it. */
@Injectable()
export class Visitor {
  constructor(
    private readonly session: EndUserSession,
    private readonly users: UserStore,
    private readonly paths: Paths,
  ) {}

  /** The name and e-mail address of the end user who is signed in; undefined when nobody is. */
  async label(request: Request): Promise<string | undefined> {
    const endUser = await this.session.current(request);
    const user = endUser && (await this.users.findById(endUser.subject));
    return user && labelOf(user);
  }

  /** The address of the sign-in page, from which the end user comes back to the start page. */
  signInUrl(): string {
    return this.session.signInUrl({ returnTo: this.paths.to(ROUTES.home), reason: 'sign-in' });
  }
}
