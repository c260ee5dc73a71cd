import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { requestOf } from '../../common/http/transport.js';

/** Reads the token for `@CurrentToken()`; the check of unguarded handlers knows the decorator by it. */
export function currentToken(_: unknown, context: ExecutionContext): VerifiedAccessToken | undefined {
  return requestOf(context)?.accessToken;
}

/** The access token that let the request in, as a VerifiedAccessToken; for handlers with `@RequireScopes`. */
export const CurrentToken = createParamDecorator(currentToken);
