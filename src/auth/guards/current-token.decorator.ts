import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { requestOf } from '../../common/http/transport.js';

/** The access token that let the request in, as a VerifiedAccessToken; for handlers with `@RequireScopes`. */
export const CurrentToken = createParamDecorator(
  (_: unknown, context: ExecutionContext): VerifiedAccessToken | undefined => requestOf(context)?.accessToken,
);
