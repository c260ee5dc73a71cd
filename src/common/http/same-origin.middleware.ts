import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/**
 * Keeps an endpoint from answering scripts of other origins (RFC 9700 section 2.6), because a browser is sent there and
 * no script calls it. That holds also where an application that imports us answers scripts everywhere else.
 */
@Injectable()
export class SameOriginMiddleware implements NestMiddleware {
  use(_request: Request, response: Response, next: NextFunction): void {
    for (const name of response.getHeaderNames()) if (name.startsWith('access-control-')) response.removeHeader(name);
    next();
  }
}
