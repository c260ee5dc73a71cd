import { All, Controller, Get, UseInterceptors } from '@nestjs/common';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { PublicDocumentInterceptor } from '../../common/http/public-document.interceptor.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { ServerMetadata } from './server-metadata.js';

/** The two addresses of the metadata document. */
export const METADATA_ROUTES = [ROUTES.openidConfiguration, ROUTES.serverMetadata];

/**
 * The server metadata, by which clients configure themselves (OpenID Connect Discovery section 4; RFC 8414 section 3).
 */
@Public()
@Controller()
@UseInterceptors(PublicDocumentInterceptor)
export class DiscoveryController {
  constructor(private readonly metadata: ServerMetadata) {}

  @Get(METADATA_ROUTES)
  show(): object {
    return this.metadata.document();
  }

  @All(METADATA_ROUTES)
  refuse(): never {
    throw new MethodNotAllowedError(['GET']);
  }
}
