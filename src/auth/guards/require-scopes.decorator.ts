import { applyDecorators, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { OAuthErrorFilter } from '../../common/http/oauth-error.filter.js';
import { BEARER_ROUTE } from '../../common/http/route-access.js';
import { SecurityInSwagger } from '../../common/http/swagger.decorator.js';
import { BearerGuard } from './bearer.guard.js';

/**
 * Guards a controller or method by access token instead of by sign-in session. The token must carry every scope that
 * the controller and the method list. Where none is listed, any good token will do. A document of @nestjs/swagger says so
 * by the security scheme `oauth2`, which is the name that its `addOAuth2` gives.
 */
export const RequireScopes = (...scopes: string[]): ClassDecorator & MethodDecorator =>
  applyDecorators(
    SetMetadata(BEARER_ROUTE, scopes),
    UseGuards(BearerGuard),
    UseFilters(OAuthErrorFilter),
    SecurityInSwagger('oauth2', scopes),
  );
