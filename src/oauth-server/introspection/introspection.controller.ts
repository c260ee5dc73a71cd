import { All, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { InvalidClientError } from '../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../common/http/form-parameters.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { sendProtocolAnswer } from '../../common/http/protocol-answer.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { ClientAuthentication } from '../client-authentication/client-authentication.js';
import { Introspection } from './introspection.js';

/**
 * The introspection endpoint (RFC 7662 section 2). The tokens tell their kind, so `token_type_hint` changes nothing.
 */
@Public()
@OwnController()
export class IntrospectionController {
  constructor(
    private readonly clientAuthentication: ClientAuthentication,
    private readonly introspection: Introspection,
  ) {}

  /** Raises InvalidClientError also for a public client (section 2.1), and InvalidRequestError without a token. */
  @Post(ROUTES.introspect)
  async answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    const parameters: FormParameters = request.body;
    const client = await this.clientAuthentication.authenticate(request, parameters);
    if (client.isPublic) throw new InvalidClientError({ description: 'A public client cannot introspect tokens' });
    sendProtocolAnswer(response, await this.introspection.introspect(parameters.required('token'), client));
  }

  @All(ROUTES.introspect)
  refuse(): never {
    throw new MethodNotAllowedError(['POST']);
  }
}
