import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ErrorPage } from './error-page.js';
import { OAuthError, type WayOn } from './oauth-error.js';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly description: string;
  readonly detail?: string | undefined;
  readonly wayOn?: WayOn | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The one place where an error becomes an answer: a page for a browser, a JSON:API error object when the request
 * accepts application/vnd.api+json, otherwise the JSON of RFC 6749 section 5.2. Whatever is not a known refusal is a
 * 500 with a reference id and nothing else.
 */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(OAuthErrorFilter.name);

  constructor(private readonly page: ErrorPage) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    const referenceId = randomUUID();
    const accept = request.headers.accept ?? '';
    const isPage = accept.includes('text/html') || (response.locals.isPage === true && !accept.includes('json'));
    this.#log(problem, error, `${request.method} ${request.path}`, { referenceId, isPage });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { status, code, description, wayOn } = problem;
    response.status(status).set({ 'Cache-Control': 'no-store', Pragma: 'no-cache', ...problem.headers });
    if (accept.includes('application/vnd.api+json')) {
      const body = { errors: [{ id: referenceId, status: String(status), code, title: code, detail: description }] };
      response.type('application/vnd.api+json').end(JSON.stringify(body));
    } else if (isPage) {
      this.page.send(request, response, { status, code, description, referenceId, wayOn });
    } else {
      response.type('json').end(JSON.stringify({ error: code, error_description: description }));
    }
  }

  /** A page shows its reference id to a person, who may ask about it: its line is kept by default, others are not. */
  #log(
    { status, code, description, detail }: Problem,
    error: unknown,
    route: string,
    { referenceId, isPage }: { referenceId: string; isPage: boolean },
  ): void {
    const line = `${route} ${status} ${code}: ${detail ?? description} [${referenceId}]`;
    if (status < 500) this.#logger[isPage ? 'warn' : 'log'](line);
    else this.#logger.error(line, error instanceof Error ? error.stack : String(error));
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof OAuthError) return error;
  const status = statusOf(error);
  if (status === 404)
    return { status, code: 'not_found', description: 'There is nothing at this address', headers: {} };
  if (status >= 400 && status < 500) {
    return { status, code: 'invalid_request', description: (error as Error).message, headers: {} };
  }
  return { status: 500, code: 'server_error', description: 'Something failed here', headers: {} };
}

/** Express and its middleware mark client faults with `status`, Nest with HttpException. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : 500;
}
