import type { Server } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import type { HttpTimeouts } from '../environment/environment.js';

/** Options that every start of the server shares: body parsers are mounted by the routes that need one. */
export const serverOptions: NestApplicationOptions = { bodyParser: false };

/** Settings of Express that every start of the server shares. */
export function configureServer(app: NestExpressApplication): void {
  app.set('etag', false);
  app.set('query parser', false);
  app.disable('x-powered-by');
}

/**
 * Serves every route below the path of the issuer, and without it as well, for a proxy in front may strip it. Comes
 * before all other middleware.
 */
export function serveBelow(app: NestExpressApplication, issuerPath: string): void {
  if (issuerPath === '') return;
  app.use((request: Request, _response: Response, next: NextFunction) => {
    const rest = request.url.startsWith(issuerPath) ? request.url.slice(issuerPath.length) : undefined;
    if (rest?.startsWith('/')) request.url = rest;
    else if (rest === '' || rest?.startsWith('?')) request.url = `/${rest}`;
    next();
  });
}

/** Sets how long the server waits for what others send. */
export function setTimeouts(server: Server, { keepAliveSeconds, headerSeconds, requestSeconds }: HttpTimeouts): void {
  server.keepAliveTimeout = keepAliveSeconds * 1000;
  server.headersTimeout = headerSeconds * 1000;
  server.requestTimeout = requestSeconds * 1000;
}
