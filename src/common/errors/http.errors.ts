import { type ErrorText, OAuthError } from './oauth-error.js';

/** A form of ours came back without the token of the browser it was shown in (cross-site request forgery). */
export class ForbiddenFormError extends OAuthError {
  readonly code = 'access_denied';
  override readonly statusCode = 403;
}

/** The endpoint is not asked by this HTTP method; the answer says by which (RFC 9110 section 15.5.6). */
export class MethodNotAllowedError extends OAuthError {
  readonly code = 'invalid_request';
  override readonly statusCode = 405;

  constructor(private readonly allowed: readonly string[]) {
    super({ description: `Use ${allowed.join(' or ')} here` });
  }

  override get headers(): Readonly<Record<string, string>> {
    return { Allow: this.allowed.join(', ') };
  }
}

/** The body is larger than any request of these protocols needs to be (RFC 9110 section 15.5.14). */
export class PayloadTooLargeError extends OAuthError {
  readonly code = 'invalid_request';
  override readonly statusCode = 413;
}

/** A secret is guessed too often; the answer says when to try again (RFC 6585 section 4). */
export class TooManyAttemptsError extends OAuthError {
  readonly code = 'invalid_grant';
  override readonly statusCode = 429;
  readonly #retryAfterSeconds: number;

  constructor({ retryAfterSeconds, ...text }: ErrorText & { readonly retryAfterSeconds: number }) {
    super(text);
    this.#retryAfterSeconds = retryAfterSeconds;
  }

  override get headers(): Readonly<Record<string, string>> {
    return { 'Retry-After': String(this.#retryAfterSeconds) };
  }
}
