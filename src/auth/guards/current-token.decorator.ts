import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { VerifiedAccessToken } from '../../common/access-token-verifier.js';

/** The access token that let the request in, as a VerifiedAccessToken; for routes with `@RequireScopes`. */
export const CurrentToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): VerifiedAccessToken | undefined =>
    context.switchToHttp().getRequest<Request>().accessToken,
);
