import { All, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AccessTokenVerifier } from '../../common/access-token-verifier.js';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { InsufficientScopeError, InvalidTokenError, MissingTokenError } from '../../common/errors/rfc6750.errors.js';
import { noteClient } from '../../common/http/asking-client.js';
import { bearerTokenOf } from '../../common/http/bearer-token.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { sendProtocolAnswer } from '../../common/http/protocol-answer.js';
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
  get(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer(request, response, bearerTokenOf(request));
  }

  @Post(ROUTES.userinfo)
  post(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.#answer(request, response, bearerTokenOf(request, request.body as FormParameters));
  }

  @All(ROUTES.userinfo)
  refuse(): never {
    throw new MethodNotAllowedError(['GET', 'POST']);
  }

  async #answer(request: Request, response: Response, accessToken: string | undefined): Promise<void> {
    if (accessToken === undefined) throw new MissingTokenError();
    const { clientId, scopes, userId } = await this.verifier.verify(accessToken);
    noteClient(request, clientId);
    if (!scopes.includes('openid')) throw new InsufficientScopeError(['openid']);
    const user = userId === undefined ? undefined : await this.endUsers.find(userId);
    if (user === undefined)
      throw new InvalidTokenError({ description: 'There is no end user behind this access token (any more)' });
    sendProtocolAnswer(response, await this.claims.describe(user, scopes));
  }
}
