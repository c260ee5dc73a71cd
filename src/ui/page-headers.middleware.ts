import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { setPageHeaders } from './page-headers.js';

/**
 * Marks a route as one that shows pages: its errors become pages, no cache keeps its answers, and the page headers are
 * set.
 */
@Injectable()
export class PageHeadersMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    response.locals.isPage = true;
    response.setHeader('Cache-Control', 'no-store');
    setPageHeaders(request, response, next);
  }
}
