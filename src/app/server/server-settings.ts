import type { NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** Options that every start of the server shares: body parsers are mounted by the routes that need one. */
export const serverOptions: NestApplicationOptions = { bodyParser: false };

/** Settings of Express that every start of the server shares. */
export function configureServer(app: NestExpressApplication): void {
  app.set('etag', false);
  app.set('query parser', false);
  app.disable('x-powered-by');
}
