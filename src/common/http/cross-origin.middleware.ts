import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

const PREFLIGHT_MAX_AGE_SECONDS = 7200;
const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';
const ALLOW_CREDENTIALS = 'Access-Control-Allow-Credentials';
/** Response headers that clients must read to go on: the challenge of a refusal, and how long to wait. */
const EXPOSED = 'WWW-Authenticate, Retry-After';
const EXPOSE = 'Access-Control-Expose-Headers';

/**
 * Lets scripts of every origin call an endpoint that takes nothing from cookies, as clients in a browser must (Fetch
 * standard, CORS protocol), with whatever headers they send. Answers preflight requests itself, and never allows
 * credentials. Where an application that imports us allows credentials to an origin of its own, its headers stay as
 * they are, since browsers refuse `*` beside credentials.
 */
@Injectable()
export class CrossOriginMiddleware implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    allowOrigin(response);
    if (response.hasHeader(EXPOSE)) response.append(EXPOSE, EXPOSED);
    else response.setHeader(EXPOSE, EXPOSED);
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    const askedHeaders = request.headers['access-control-request-headers'];
    if (askedHeaders !== undefined) response.set('Access-Control-Allow-Headers', askedHeaders);
    response
      .vary('Access-Control-Request-Headers')
      .set({
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Max-Age': String(PREFLIGHT_MAX_AGE_SECONDS),
      })
      .status(204)
      .end();
  }
}

function allowOrigin(response: Response): void {
  if (response.hasHeader(ALLOW_CREDENTIALS) && response.hasHeader(ALLOW_ORIGIN)) return;
  response.removeHeader(ALLOW_CREDENTIALS);
  response.setHeader(ALLOW_ORIGIN, '*');
}
