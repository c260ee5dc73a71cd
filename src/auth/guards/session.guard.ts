import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CommonOptions } from '../../common/config/common.options.js';
import { BEARER_ROUTE, PUBLIC_ROUTE, SIGN_IN_ROUTE } from '../../common/http/route-access.js';
import { SignInGuard } from './sign-in.guard.js';

/** The marks by which other guards keep a handler, or by which it is open, on itself or on its class. */
const MARKS = [PUBLIC_ROUTE, BEARER_ROUTE, SIGN_IN_ROUTE];

/**
 * Where the option `guard` is `all`, closes every handler without a mark to whoever is not signed in: each is
 * `@Public()`, has `@RequireScopes()` or `@RequireSignIn()`, whose own guards keep it, or is kept by this one. Where the
 * option is `marked`, it closes nothing. Raises what SignInGuard raises.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  readonly #closesAll: boolean;

  constructor(
    private readonly signIn: SignInGuard,
    private readonly reflector: Reflector,
    { guard }: CommonOptions,
  ) {
    this.#closesAll = guard === 'all';
  }

  /** Returns without a promise for a handler that this guard does not keep. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (!this.#closesAll) return true;
    const handler = [context.getHandler(), context.getClass()];
    const isMarked = MARKS.some((key) => this.reflector.getAllAndOverride(key, handler) !== undefined);
    return isMarked || this.signIn.canActivate(context);
  }
}
