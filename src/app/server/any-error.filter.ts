import { type ArgumentsHost, Catch, HttpException } from '@nestjs/common';
import { OAuthError } from '../../common/errors/oauth-error.js';
import { TemporarilyUnavailableError } from '../../common/errors/rfc6749.errors.js';
import { OAuthErrorFilter } from '../../common/http/oauth-error.filter.js';
import { FailedHereError, NothingHereError, RequestFaultError } from './unexpected.errors.js';

/**
 * Answers every error of the server. Refusals are answered as by OAuthErrorFilter, and faults of a request that Nest,
 * Express or middleware found keep their status. Everything else is a 500 with a reference id and nothing else.
 */
@Catch()
export class AnyErrorFilter extends OAuthErrorFilter {
  override catch(error: unknown, host: ArgumentsHost): unknown {
    const cause = error instanceof Error ? error : new Error(String(error));
    return super.catch(cause instanceof OAuthError ? cause : unexpected(cause), host, cause);
  }
}

/** When to come again after trouble that says nothing of its end. */
const RETRY_AFTER_SECONDS = 5;

function unexpected(error: Error): OAuthError {
  const status = statusOf(error);
  if (status === 404) return new NothingHereError();
  if (status >= 400 && status < 500) return new RequestFaultError(status, error.message);
  if (status >= 502 && status <= 504) {
    return new TemporarilyUnavailableError({
      description: 'Something that the answer needs does not work just now. Try again later',
      detail: error.message,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  return new FailedHereError();
}

/**
 * Nest marks faults of a request with HttpException, Express with a URIError for a path that does not decode, and its
 * middleware by `expose`, which says that the message is for the client. A status on any other error is no answer of
 * ours: it may be that of a server that we asked.
 */
function statusOf(error: Error): number {
  if (error instanceof HttpException) return error.getStatus();
  const isOfTheRequest = error instanceof URIError || ('expose' in error && error.expose === true);
  return isOfTheRequest && 'status' in error && typeof error.status === 'number' ? error.status : 500;
}
