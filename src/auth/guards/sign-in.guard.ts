import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { LoginRequiredError } from '../../common/errors/openid.errors.js';
import { Paths } from '../../common/http/paths.js';
import { BEARER_ROUTE, PUBLIC_ROUTE, SIGN_IN_ROUTE } from '../../common/http/route-access.js';
import { isHttp, requestOf } from '../../common/http/transport.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { SignInRedirectError } from './sign-in-redirect.error.js';

/**
 * Lets signed-in end users in. Raises SignInRedirectError for a page that a browser asks for, and LoginRequiredError for
 * any other request and where there is no request that a session could be read of.
 */
@Injectable()
export class SignInGuard implements CanActivate {
  constructor(
    private readonly session: EndUserSession,
    private readonly paths: Paths,
    private readonly reflector: Reflector,
  ) {}

  /** Returns without a promise for a method that says `@Public()` or `@RequireScopes()` in a class that is closed. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const ofHandler = (key: string) => this.reflector.get(key, context.getHandler()) !== undefined;
    const isOpened = !ofHandler(SIGN_IN_ROUTE) && (ofHandler(PUBLIC_ROUTE) || ofHandler(BEARER_ROUTE));
    return isOpened || this.#admit(context);
  }

  async #admit(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    if (request === undefined) throw new LoginRequiredError({ description: 'No sign-in session can be read here' });
    if ((await this.session.current(request)) !== undefined) return true;
    const isPage = isHttp(context) && request.method === 'GET' && request.headers.accept?.includes('text/html');
    const returnTo = isPage ? this.paths.of(request) : this.paths.home;
    const signInUrl = this.session.signInUrl({ returnTo, reason: 'sign-in' });
    if (isPage) {
      // A filter of the application's for everything sends the status, and knows nothing of our headers.
      context.switchToHttp().getResponse<Response>().setHeader('Location', signInUrl);
      throw new SignInRedirectError(signInUrl);
    }
    throw new LoginRequiredError({
      description: 'Nobody is signed in at this browser',
      wayOn: { label: 'Sign in', href: signInUrl },
    });
  }
}
