import { applyDecorators, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { OAuthErrorFilter } from '../../common/http/oauth-error.filter.js';
import { SIGN_IN_ROUTE } from '../../common/http/route-access.js';
import { SecurityInSwagger } from '../../common/http/swagger.decorator.js';
import { SignInGuard } from './sign-in.guard.js';

/**
 * Guards a controller or method by the sign-in session: a browser that asks for a page is sent to sign in and comes
 * back, anybody else is refused with login_required. Works for HTTP routes, GraphQL resolvers and the messages of a
 * socket whose handshake had the cookie; a handler without an HTTP request behind it lets nobody in. A
 * document of @nestjs/swagger says so by the security scheme `cookie`, the name that its `addCookieAuth` gives.
 */
export const RequireSignIn = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(SIGN_IN_ROUTE, true),
    UseGuards(SignInGuard),
    UseFilters(OAuthErrorFilter),
    SecurityInSwagger('cookie', []),
  );
