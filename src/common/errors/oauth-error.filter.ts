import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPage } from './error-page.js';
import { OAuthError } from './oauth-error.js';

/** An answer that quotes a request must be neither kept nor taken for anything else than it says it is. */
const HEADERS = { 'Cache-Control': 'no-store', Pragma: 'no-cache', 'X-Content-Type-Options': 'nosniff' };

/**
 * The one place where a refusal becomes an answer: a page for a browser, a JSON:API error object when the request
 * accepts application/vnd.api+json, otherwise the JSON of RFC 6749 section 5.2. Errors of other kinds are left to the
 * application that imports us; the server of our own has AnyErrorFilter for them.
 */
@Catch(OAuthError)
export class OAuthErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(OAuthErrorFilter.name);

  constructor(private readonly page: ErrorPage) {}

  /** `cause` is logged with its stack where the fault is ours. */
  catch(error: OAuthError, host: ArgumentsHost, cause: Error = error): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const referenceId = randomUUID();
    const accept = request.headers.accept ?? '';
    const isPage = accept.includes('text/html') || (response.locals.isPage === true && !accept.includes('json'));
    this.#log(error, cause, `${request.method} ${request.path}`, { referenceId, isPage });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, code, description } = error;
    response.status(status).set({ ...HEADERS, ...error.headers });
    if (accept.includes('application/vnd.api+json')) {
      const body = { errors: [{ id: referenceId, status: String(status), code, title: code, detail: description }] };
      response.type('application/vnd.api+json').end(JSON.stringify(body));
    } else if (isPage) {
      this.page.send(request, response, { error, referenceId });
    } else {
      response.type('json').end(JSON.stringify({ error: code, error_description: description }));
    }
  }

  /** A page shows its reference id to an end user, who may ask about it: its line is kept by default, others are not. */
  #log(
    { status, code, description, detail }: OAuthError,
    cause: Error,
    route: string,
    { referenceId, isPage }: { referenceId: string; isPage: boolean },
  ): void {
    const line = `${route} ${status} ${code}: ${detail ?? description} [${referenceId}]`;
    if (status < 500) this.#logger[isPage ? 'warn' : 'log'](line);
    else this.#logger.error(line, cause.stack);
  }
}
