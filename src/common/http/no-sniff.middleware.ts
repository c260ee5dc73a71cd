import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Paths } from './paths.js';
import { ROUTES } from './routes.js';

/** Has browsers believe the content type of each answer of ours. Answers of an importing application are left alone. */
@Injectable()
export class NoSniffMiddleware implements NestMiddleware {
  readonly #ours: RegExp;

  constructor({ mountPath }: Paths) {
    const routes = Object.values(ROUTES).map((route) => escaped(route).replaceAll(/:\w+/g, '[^/]+'));
    this.#ours = new RegExp(`^${escaped(mountPath)}(?:${routes.join('|')})/?(?:\\?|$)`, 'i');
  }

  use(request: Request, response: Response, next: NextFunction): void {
    if (this.#ours.test(request.originalUrl)) response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
