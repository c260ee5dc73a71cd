import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Issuer } from '../config/issuer.js';
import { ErrorPage } from '../errors/error-page.js';
import { OAuthError } from '../errors/oauth-error.js';
import { ReadableLog } from '../log/readable-log.js';
import { clientOf } from './asking-client.js';
import { ErrorUris } from './error-uris.js';
import { Paths } from './paths.js';
import { ROUTES } from './routes.js';
import { isHttp, refuse } from './transport.js';

/** An answer that quotes a request must be neither kept nor taken for anything else than it says it is. */
const HEADERS = { 'Cache-Control': 'no-store', Pragma: 'no-cache', 'X-Content-Type-Options': 'nosniff' };

/** Endpoints that only programs of clients and resource servers ask, whose refusals an operator is asked about. */
const WATCHED = [ROUTES.token, ROUTES.introspect, ROUTES.revoke, ROUTES.userinfo];

/**
 * The one place where a refusal becomes an answer: a page for a browser, a JSON:API error object when the request
 * accepts application/vnd.api+json, otherwise the JSON of RFC 6749 section 5.2. Errors of other kinds are left to the
 * application that imports us; the server of our own has AnyErrorFilter for them. Handlers of GraphQL, of sockets and of
 * microservices are refused in the shape of their transport.
 */
@Catch(OAuthError)
export class OAuthErrorFilter implements ExceptionFilter {
  readonly #logger = new Logger(OAuthErrorFilter.name);

  #watched: ReadonlySet<string> | undefined;

  constructor(
    private readonly page: ErrorPage,
    private readonly log: ReadableLog,
    private readonly uris: ErrorUris,
    private readonly paths: Paths,
    private readonly issuer: Issuer,
  ) {}

  /** `cause` is logged with its stack where the fault is ours. */
  catch(error: OAuthError, host: ArgumentsHost, cause: Error = error): unknown {
    if (isHttp(host)) return this.#answer(error, host, cause);
    const { code, description, detail, referenceId } = error;
    this.#logger.log(`${host.getType()} ${code}: ${detail ?? description} [${referenceId}]`);
    return refuse(error, this.#bodyOf(error), host);
  }

  #answer(error: OAuthError, host: ArgumentsHost, cause: Error): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { referenceId } = error;
    const accept = request.headers.accept ?? '';
    const isPage = accept.includes('text/html') || (response.locals.isPage === true && !accept.includes('json'));
    this.#tell(request, error, cause, isPage);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { statusCode, code, description } = error;
    const uri = this.uris.of(code);
    response.status(statusCode).set({ ...HEADERS, ...headersOf(error, uri) });
    if (accept.includes('application/vnd.api+json')) {
      const links = uri === undefined ? undefined : { about: uri };
      const meta = Object.keys(error.members).length > 0 ? error.members : undefined;
      const body = {
        errors: [{ id: referenceId, status: String(statusCode), code, title: code, detail: description, links, meta }],
      };
      response.type('application/vnd.api+json').end(JSON.stringify(body));
    } else if (isPage) {
      const detail = this.issuer.isLocal ? error.detail : undefined;
      this.page.send(request, response, { error, referenceId, at: new Date(), detail, uri });
    } else {
      response.type('json').end(JSON.stringify(this.#bodyOf(error)));
    }
  }

  /** The JSON of RFC 6749 section 5.2, with the page of the code. */
  #bodyOf(error: OAuthError): Readonly<Record<string, string>> {
    const uri = this.uris.of(error.code);
    return uri === undefined ? error.getResponse() : { ...error.getResponse(), error_uri: uri };
  }

  /**
   * A page shows its reference id to an end user, who may ask about it, and clients have operators too: those lines are
   * kept by default, others are not.
   */
  #tell(request: Request, error: OAuthError, cause: Error, isPage: boolean): void {
    const { statusCode: status, code, description, detail, referenceId } = error;
    const { method, route } = request;
    const path = this.paths.of(request).split('?', 1)[0] ?? '';
    const endpoint = path.toLowerCase().replace(/\/$/, '');
    this.#watched ??= new Set(WATCHED.map((each) => this.paths.to(each)));
    const isWatched = this.#watched.has(endpoint);
    const client = clientOf(request);
    const who = client === undefined ? '' : ` (client ${client})`;
    const line = `${method} ${path} ${status} ${code}${who}: ${detail ?? description} [${referenceId}]`;
    const place: string = isWatched ? endpoint : (route?.path ?? 'an unknown address');
    const kind = `${method} ${place} ${status} ${code}`;
    if (status >= 500 && status !== 503) this.log.error(this.#logger, kind, line, cause.stack);
    else if (isPage || isWatched || status === 503) this.log.warn(this.#logger, kind, line);
    else this.#logger.log(line);
  }
}

/** The headers of the error, with its page in a challenge that names an error (RFC 6750 section 3). */
function headersOf({ headers }: OAuthError, uri: string | undefined): Readonly<Record<string, string>> {
  const challenge = headers['WWW-Authenticate'];
  if (uri === undefined || challenge === undefined || !challenge.includes(' error="')) return headers;
  return { ...headers, 'WWW-Authenticate': `${challenge}, error_uri="${uri}"` };
}
