import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { BEARER_ROUTE } from '../../common/http/route-access.js';
import { BearerGuard } from './bearer.guard.js';

/**
 * Guards a controller or method by access token instead of by sign-in session. The token must carry every scope listed;
 * without any, each good token will do. What the controller and the method list adds up.
 */
export const RequireScopes = (...scopes: string[]): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(BEARER_ROUTE, scopes), UseGuards(BearerGuard));
