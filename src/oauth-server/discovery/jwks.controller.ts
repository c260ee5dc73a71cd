import { All, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { sendPublicDocument } from '../../common/http/public-document.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { SigningKeys } from '../keys/signing-keys.js';

/** The JWK set by which anyone verifies our tokens (RFC 7517 section 5; `jwks_uri` of RFC 8414 section 2). */
@Public()
@OwnController()
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get(ROUTES.jwks)
  show(@Req() request: Request, @Res() response: Response): void {
    sendPublicDocument(this.keys.publicJwks, request, response);
  }

  @All(ROUTES.jwks)
  refuse(): never {
    throw new MethodNotAllowedError(['GET']);
  }
}
