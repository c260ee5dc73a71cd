import { All, Controller, Get, UseInterceptors } from '@nestjs/common';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { PublicDocumentInterceptor } from '../../common/http/public-document.interceptor.js';
import { Public } from '../../common/http/route-access.js';
import { ServerMetadata } from './server-metadata.js';

const DOCUMENTS = ['openid-configuration', 'oauth-authorization-server'];

/** Where clients find out what this server does (OpenID Connect Discovery section 4; RFC 8414 section 3). */
@Public()
@Controller('.well-known')
@UseInterceptors(PublicDocumentInterceptor)
export class DiscoveryController {
  constructor(private readonly metadata: ServerMetadata) {}

  @Get(DOCUMENTS)
  show(): object {
    return this.metadata.document();
  }

  @All(DOCUMENTS)
  refuse(): never {
    throw new MethodNotAllowedError(['GET']);
  }
}
