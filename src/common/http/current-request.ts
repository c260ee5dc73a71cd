import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

const requests = new AsyncLocalStorage<Request>();

/** The request that the code at hand runs for; undefined outside one, and where the middleware is not installed. */
export function currentRequest(): Request | undefined {
  return requests.getStore();
}

/** Lets code that has no request at hand find the one it runs for. */
@Injectable()
export class CurrentRequestMiddleware implements NestMiddleware {
  use(request: Request, _response: Response, next: NextFunction): void {
    requests.run(request, next);
  }
}
