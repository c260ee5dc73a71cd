import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { Public } from '../../common/public.decorator.js';
import { PublicDocumentInterceptor } from '../../common/public-document.interceptor.js';
import { ServerMetadata } from './server-metadata.js';

/** Where clients find out what this server does (OpenID Connect Discovery section 4; RFC 8414 section 3). */
@Public()
@Controller('.well-known')
@UseInterceptors(PublicDocumentInterceptor)
export class DiscoveryController {
  constructor(private readonly metadata: ServerMetadata) {}

  @Get(['openid-configuration', 'oauth-authorization-server'])
  show(): object {
    return this.metadata.document();
  }
}
