import { bearerChallenge } from './bearer-challenge.js';
import { OAuthError } from './oauth-error.js';

/** The access token is sent in a malformed header or in two ways at once: invalid_request of RFC 6750 section 3.1. */
export class MalformedTokenError extends OAuthError {
  readonly code = 'invalid_request';

  override get headers(): Readonly<Record<string, string>> {
    return bearerChallenge({ error: this.code, error_description: this.description });
  }
}
