import { type ErrorText, OAuthError } from './oauth-error.js';

/** A secret is guessed too often; the answer says when to try again (RFC 6585 section 4). */
export class TooManyAttemptsError extends OAuthError {
  readonly code = 'invalid_grant';
  override readonly status = 429;
  readonly #retryAfterSeconds: number;

  constructor({ retryAfterSeconds, ...text }: ErrorText & { readonly retryAfterSeconds: number }) {
    super(text);
    this.#retryAfterSeconds = retryAfterSeconds;
  }

  override get headers(): Readonly<Record<string, string>> {
    return { 'Retry-After': String(this.#retryAfterSeconds) };
  }
}
