import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { LoginRequiredError } from '../../common/errors/openid.errors.js';
import { Paths } from '../../common/http/paths.js';
import { BEARER_ROUTE, PUBLIC_ROUTE } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { SignInRedirectError } from './sign-in-redirect.error.js';

/**
 * Closes every route to browsers at which nobody is signed in, except those that are `@Public()` and those that the
 * bearer guard keeps. Raises SignInRedirectError for a page that a browser asks for, and LoginRequiredError for any
 * other request.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly session: EndUserSession,
    private readonly reflector: Reflector,
    private readonly paths: Paths,
  ) {}

  /** Returns without a promise for a route that this guard does not keep. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    const isOpen = [PUBLIC_ROUTE, BEARER_ROUTE].some(
      (key) => this.reflector.getAllAndOverride(key, route) !== undefined,
    );
    return isOpen || this.#admit(context.switchToHttp().getRequest());
  }

  async #admit(request: Request): Promise<boolean> {
    if ((await this.session.current(request)) !== undefined) return true;
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html');
    const returnTo = isPage ? request.originalUrl : this.paths.to(ROUTES.home);
    const signInUrl = this.session.signInUrl({ returnTo, reason: 'sign-in' });
    if (isPage) throw new SignInRedirectError(signInUrl);
    throw new LoginRequiredError({
      description: 'Nobody is signed in at this browser',
      wayOn: { label: 'Sign in', href: signInUrl },
    });
  }
}
