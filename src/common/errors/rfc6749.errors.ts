import { type ErrorText, OAuthError } from './oauth-error.js';

/** The request misses a parameter, repeats one or is malformed (RFC 6749 sections 4.1.2.1 and 5.2). */
export class InvalidRequestError extends OAuthError {
  readonly code = 'invalid_request';
}

/** Client authentication failed or is missing; answered with 401 and a Basic challenge (RFC 6749 section 5.2). */
export class InvalidClientError extends OAuthError {
  readonly code = 'invalid_client';
  override readonly statusCode = 401;

  override get headers(): Readonly<Record<string, string>> {
    return { 'WWW-Authenticate': 'Basic realm="gatehouse", charset="UTF-8"' };
  }
}

/** The code, refresh token or password is wrong, spent, expired, revoked or another client's (RFC 6749 section 5.2). */
export class InvalidGrantError extends OAuthError {
  readonly code = 'invalid_grant';
}

/** This client may not use this grant or response type (RFC 6749 sections 4.1.2.1 and 5.2). */
export class UnauthorizedClientError extends OAuthError {
  readonly code = 'unauthorized_client';
}

/** No grant of this name is registered (RFC 6749 section 5.2). */
export class UnsupportedGrantTypeError extends OAuthError {
  readonly code = 'unsupported_grant_type';
}

/** No response type of this name is registered (RFC 6749 section 4.1.2.1). */
export class UnsupportedResponseTypeError extends OAuthError {
  readonly code = 'unsupported_response_type';
}

/** A scope is unknown, malformed or beyond what may be asked (RFC 6749 sections 4.1.2.1 and 5.2). */
export class InvalidScopeError extends OAuthError {
  readonly code = 'invalid_scope';
}

/** The end user or the server said no (RFC 6749 section 4.1.2.1). */
export class AccessDeniedError extends OAuthError {
  readonly code = 'access_denied';
  override readonly statusCode = 403;
}

/** Something failed here; the reference id finds it in the log (RFC 6749 section 4.1.2.1). */
export class ServerError extends OAuthError {
  readonly code = 'server_error';
  override readonly statusCode = 500;
}

/**
 * The server cannot answer just now; the same request may succeed later (RFC 6749 section 4.1.2.1), after so many
 * seconds where that is known (RFC 9110 sections 15.6.4 and 10.2.3).
 */
export class TemporarilyUnavailableError extends OAuthError {
  readonly code = 'temporarily_unavailable';
  override readonly statusCode = 503;
  readonly #retryAfterSeconds: number | undefined;

  constructor({ retryAfterSeconds, ...text }: ErrorText & { readonly retryAfterSeconds?: number }) {
    super(text);
    this.#retryAfterSeconds = retryAfterSeconds;
  }

  override get headers(): Readonly<Record<string, string>> {
    return this.#retryAfterSeconds === undefined ? {} : { 'Retry-After': String(this.#retryAfterSeconds) };
  }
}
