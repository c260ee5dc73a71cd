import { All, Get, Header, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AccessTokenVerifier } from '../../common/access-token-verifier.js';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { InsufficientScopeError, InvalidTokenError, MissingTokenError } from '../../common/errors/rfc6750.errors.js';
import { noteClient } from '../../common/http/asking-client.js';
import { bearerTokenOf } from '../../common/http/bearer-token.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { EndUsers } from '../../users/user/end-users.js';
import { Claims } from '../claims/claims.js';

/**
 * The userinfo endpoint (OpenID Connect Core section 5.3). Raises MissingTokenError, MalformedTokenError,
 * InvalidTokenError and, without the scope openid, InsufficientScopeError.
 */
@Public()
@OwnController()
export class UserinfoController {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly endUsers: EndUsers,
    private readonly claims: Claims,
  ) {}

  @Get(ROUTES.userinfo)
  @Header('Cache-Control', 'no-store')
  get(@Req() request: Request): Promise<Record<string, unknown>> {
    return this.#answer(request, bearerTokenOf(request));
  }

  @Post(ROUTES.userinfo)
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  post(@Req() request: Request): Promise<Record<string, unknown>> {
    return this.#answer(request, bearerTokenOf(request, request.body as FormParameters));
  }

  @All(ROUTES.userinfo)
  refuse(): never {
    throw new MethodNotAllowedError(['GET', 'POST']);
  }

  async #answer(request: Request, accessToken: string | undefined): Promise<Record<string, unknown>> {
    if (accessToken === undefined) throw new MissingTokenError();
    const { clientId, scopes, userId } = await this.verifier.verify(accessToken);
    noteClient(request, clientId);
    if (!scopes.includes('openid')) throw new InsufficientScopeError(['openid']);
    const user = userId === undefined ? undefined : await this.endUsers.find(userId);
    if (user === undefined)
      throw new InvalidTokenError({ description: 'There is no end user behind this access token (any more)' });
    return this.claims.describe(user, scopes);
  }
}
