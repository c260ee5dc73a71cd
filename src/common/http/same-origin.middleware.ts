import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/**
 * Keeps an endpoint that a browser is sent to, and no script calls, from answering scripts of other origins (RFC 9700
 * section 2.6), also where an application that imports us answers them everywhere else.
 */
@Injectable()
export class SameOriginMiddleware implements NestMiddleware {
  use(_request: Request, response: Response, next: NextFunction): void {
    for (const name of response.getHeaderNames()) if (name.startsWith('access-control-')) response.removeHeader(name);
    next();
  }
}
