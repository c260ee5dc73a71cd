import { bearerChallenge } from './bearer-challenge.js';
import { OAuthError } from './oauth-error.js';

/** The access token is malformed, unknown, expired or revoked (RFC 6750 section 3.1). */
export class InvalidTokenError extends OAuthError {
  readonly code = 'invalid_token';
  override readonly status = 401;

  override get headers(): Readonly<Record<string, string>> {
    return bearerChallenge({ error: this.code, error_description: this.description });
  }
}
