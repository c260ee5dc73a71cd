import { All, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { MethodNotAllowedError } from '../../common/errors/http.errors.js';
import { OwnController } from '../../common/http/own-controller.decorator.js';
import { sendPublicDocument } from '../../common/http/public-document.js';
import { Public } from '../../common/http/route-access.js';
import { ROUTES } from '../../common/http/routes.js';
import { ServerMetadata } from './server-metadata.js';

/** The two addresses of the metadata document. */
export const METADATA_ROUTES = [ROUTES.openidConfiguration, ROUTES.serverMetadata];

/**
 * The server metadata, by which clients configure themselves (OpenID Connect Discovery section 4; RFC 8414 section 3).
 */
@Public()
@OwnController()
export class DiscoveryController {
  constructor(private readonly metadata: ServerMetadata) {}

  @Get(METADATA_ROUTES)
  show(@Req() request: Request, @Res() response: Response): void {
    sendPublicDocument(this.metadata.document(), request, response);
  }

  @All(METADATA_ROUTES)
  refuse(): never {
    throw new MethodNotAllowedError(['GET']);
  }
}
