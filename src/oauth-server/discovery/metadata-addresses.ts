import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { NextFunction, Request, Response } from 'express';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';

/**
 * Has the metadata answered where the issuer says, wherever the prefix of the application has put its routes:
 * `{issuer}/.well-known/openid-configuration` (OpenID Connect Discovery section 4), and
 * `/.well-known/oauth-authorization-server` with the path of the issuer behind it (RFC 8414 section 3.1). A proxy that
 * strips the path of the issuer must pass the second address on as it is.
 */
@Injectable()
export class MetadataAddresses {
  constructor(
    private readonly paths: Paths,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Leads requests for these addresses to the routes, before any middleware of a route. */
  mount(): void {
    const { issuerPath } = this.paths;
    const places = new Map([
      [this.paths.inside(issuerPath + ROUTES.openidConfiguration), this.paths.placeOf(ROUTES.openidConfiguration)],
      [ROUTES.serverMetadata + issuerPath, this.paths.placeOf(ROUTES.serverMetadata)],
    ]);
    for (const [address, place] of places) if (address === place) places.delete(address);
    if (places.size === 0) return;
    this.host.httpAdapter?.use((request: Request, response: Response, next: NextFunction) => {
      const [path = ''] = request.url.split('?', 1);
      const place = places.get(path);
      if (place !== undefined) {
        request.url = place + request.url.slice(path.length);
        response.setHeader('X-Content-Type-Options', 'nosniff');
      }
      next();
    });
  }
}
