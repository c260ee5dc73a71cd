import { All, Controller, Get, UseInterceptors } from '@nestjs/common';
import type { JWK } from 'jose';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { PublicDocumentInterceptor } from '../../common/http/public-document.interceptor.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { SigningKeys } from '../keys/signing-keys.js';

/** The JWK set by which anyone verifies our tokens (RFC 7517 section 5; `jwks_uri` of RFC 8414 section 2). */
@Public()
@Controller()
@UseInterceptors(PublicDocumentInterceptor)
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get(ROUTES.jwks)
  show(): { keys: JWK[] } {
    return this.keys.publicJwks();
  }

  @All(ROUTES.jwks)
  refuse(): never {
    throw new MethodNotAllowedError(['GET']);
  }
}
