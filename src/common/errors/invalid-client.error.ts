import { OAuthError } from './oauth-error.js';

/** Client authentication failed or is missing; answered with 401 and a Basic challenge (RFC 6749 section 5.2). */
export class InvalidClientError extends OAuthError {
  readonly code = 'invalid_client';
  override readonly status = 401;

  override get headers(): Readonly<Record<string, string>> {
    return { 'WWW-Authenticate': 'Basic realm="gatehouse", charset="UTF-8"' };
  }
}
