import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Paths } from './paths.js';
import { ROUTES } from './routes.js';

/** Has browsers believe the content type of each answer of ours. Answers of an importing application are left alone. */
@Injectable()
export class NoSniffMiddleware implements NestMiddleware {
  #ours: RegExp | undefined;

  constructor(private readonly paths: Paths) {}

  use(request: Request, response: Response, next: NextFunction): void {
    this.#ours ??= this.#patternOfOurs();
    if (this.#ours.test(request.url)) response.setHeader('X-Content-Type-Options', 'nosniff');
    next();
  }

  #patternOfOurs(): RegExp {
    const places = Object.values(ROUTES).map((route) => this.paths.placeOf(route).replace(/(?<=.)\/$/, ''));
    const patterns = places.map((place) => escaped(place).replaceAll(/:\w+/g, '[^/]+'));
    return new RegExp(`^(?:${patterns.join('|')})/?(?:\\?|$)`, 'i');
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
