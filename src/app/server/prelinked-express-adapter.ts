import http from 'node:http';
import https from 'node:https';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Express, type Response } from 'express';

/** How often node looks for requests that take too long to come in. Its own default is 30 seconds. */
const CHECK_MILLISECONDS = 1000;

/**
 * Express at the price of node:http: Express 5 links its own prototypes to the request and response of every call with
 * Object.setPrototypeOf, which costs more than the rest of it. Here the server creates both with those prototypes
 * already in place, so that the links are no-ops. Nothing else changes for middleware or handlers.
 */
export class PrelinkedExpressAdapter extends ExpressAdapter {
  readonly #app: Express;

  constructor() {
    const app = express();
    super(app);
    this.#app = app;
  }

  override initHttpServer({ httpsOptions }: NestApplicationOptions): void {
    const options = { ...linkedClasses(this.#app), connectionsCheckingInterval: CHECK_MILLISECONDS };
    this.httpServer = httpsOptions
      ? https.createServer({ ...httpsOptions, ...options }, this.#app)
      : http.createServer(options, this.#app);
  }

  /**
   * Sends plain JSON as one string. Express would copy it into a buffer, parse the content type that it has just set,
   * and compare the entity tag, which only an answer that carries one needs.
   */
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!isPlain(body) || response.hasHeader('ETag')) return super.reply(response, body, statusCode);
    if (statusCode !== undefined) response.statusCode = statusCode;
    if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'application/json; charset=utf-8');
    return response.end(JSON.stringify(body));
  }
}

function isPlain(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.getPrototypeOf(body) === Object.prototype;
}

/** Subclasses of node's own request and response that carry Express's members, and the app told to link to them. */
function linkedClasses(app: Express) {
  class Request extends http.IncomingMessage {}
  class Response<Message extends http.IncomingMessage> extends http.ServerResponse<Message> {}
  const link = (prototype: object, members: object) =>
    Object.defineProperties(prototype, {
      ...Object.getOwnPropertyDescriptors(members),
      app: { configurable: true, enumerable: true, writable: true, value: app },
    });
  Object.assign(app, {
    request: link(Request.prototype, express.request),
    response: link(Response.prototype, express.response),
  });
  return { IncomingMessage: Request, ServerResponse: Response };
}
