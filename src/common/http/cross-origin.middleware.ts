import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

const PREFLIGHT_MAX_AGE_SECONDS = 7200;

/**
 * Lets scripts of every origin call an endpoint that takes nothing from cookies, as clients in a browser must (Fetch
 * standard, CORS protocol). Answers preflight requests itself.
 */
@Injectable()
export class CrossOriginMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    response.set({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'WWW-Authenticate' });
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response
      .set({
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': 'Authorization, Content-Type',
        'Access-Control-Max-Age': String(PREFLIGHT_MAX_AGE_SECONDS),
      })
      .status(204)
      .end();
  }
}
