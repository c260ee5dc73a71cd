import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { LoginRequiredError } from '../../../common/errors/openid.errors.js';
import { OAuthErrorFilter } from '../../../common/http/oauth-error.filter.js';
import { Paths } from '../../../common/http/paths.js';
import { isHttp, requestOf } from '../../../common/http/transport.js';
import { EndUserSession } from '../../../users/session/end-user-session.js';
import { endUserIdOf } from '../../guards/end-user-of-request.js';
import { SignInRedirectError } from '../../guards/sign-in-redirect.error.js';
import { startPath } from '../flow/login-attempt.js';
import { LoginFailure } from '../login-failure.js';
import { LinkedAccess } from './linked-access.js';

const REQUIRED_LINK = 'gatehouse:required-link';

interface RequiredLink {
  readonly provider: string;
  readonly scopes: readonly string[];
}

/**
 * Lets end users in whose account is linked to one at the provider that has granted the scopes. Sends a browser that asks
 * for a page to the provider otherwise, and back. Raises LoginRequiredError where nobody is signed in, and LoginFailure
 * (link_required), which names the address to start at, for any other request.
 */
@Injectable()
export class LinkedGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly session: EndUserSession,
    private readonly access: LinkedAccess,
    private readonly paths: Paths,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = [context.getHandler(), context.getClass()];
    const { provider, scopes } = this.reflector.getAllAndOverride<RequiredLink>(REQUIRED_LINK, route);
    const request = requestOf(context);
    const userId = request && (await endUserIdOf(request, this.session));
    if (request === undefined || userId === undefined)
      throw new LoginRequiredError({ description: 'Nobody is signed in' });
    const attempt = await this.access.missing(userId, provider, scopes, request);
    if (attempt === undefined) return true;
    const isPage = isHttp(context) && request.method === 'GET' && request.headers.accept?.includes('text/html');
    if (isPage) throw new SignInRedirectError(startPath(this.paths, attempt));
    const detail = `needed there: ${scopes.join(' ') || 'an account'}`;
    throw new LoginFailure('link_required', attempt, detail, this.access.factsOf(attempt));
  }
}

/**
 * Guards a controller or method by an account at a provider that has granted these scopes:
 * `@RequireLinked('google', { scopes: ['https://www.googleapis.com/auth/calendar.readonly'] })`. An end user without one
 * is sent to the provider, asked for these scopes and all that were granted before, and comes back.
 */
export const RequireLinked = (
  provider: string,
  { scopes = [] }: { readonly scopes?: readonly string[] } = {},
): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(REQUIRED_LINK, { provider, scopes } satisfies RequiredLink),
    UseGuards(LinkedGuard),
    UseFilters(OAuthErrorFilter),
  );
