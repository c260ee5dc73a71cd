import { All, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { sendProtocolAnswer } from '../../common/http/protocol-answer.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthentication } from '../client-authentication/client-authentication.js';
import { TokenRevocation } from './token-revocation.js';

/** The revocation endpoint (RFC 7009 section 2). The tokens tell their kind, so `token_type_hint` changes nothing. */
@Public()
@OwnController()
export class RevocationController {
  constructor(
    private readonly clientAuthentication: ClientAuthentication,
    private readonly revocation: TokenRevocation,
  ) {}

  /**
   * Answers with an empty object, because some clients parse it. Raises InvalidRequestError without a token, the errors
   * of client authentication, and InvalidGrantError for a token of another client.
   */
  @Post(ROUTES.revoke)
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    const parameters: FormParameters = request.body;
    const client = await this.clientAuthentication.authenticate(request, parameters);
    await this.revocation.revoke(parameters.required('token'), client);
    sendProtocolAnswer(response, {});
  }

  @All(ROUTES.revoke)
  refuse(): never {
    throw new MethodNotAllowedError(['POST']);
  }
}
