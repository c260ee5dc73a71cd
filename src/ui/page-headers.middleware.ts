import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'https:', 'data:'],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: false,
});

/**
 * Marks a route as one that shows pages and sets their security headers. form-action is left off on purpose: browsers
 * apply it to the whole redirect chain of a POST, which would stop the way back to a client after Allow.
 */
@Injectable()
export class PageHeadersMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    response.locals.isPage = true;
    response.setHeader('Cache-Control', 'no-store');
    protect(request, response, next);
  }
}
