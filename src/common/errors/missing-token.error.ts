import { bearerChallenge } from './bearer-challenge.js';
import { OAuthError } from './oauth-error.js';

/** No access token came; the challenge then names no error (RFC 6750 section 3.1), the body says what to send. */
export class MissingTokenError extends OAuthError {
  readonly code = 'missing_token';
  override readonly status = 401;

  constructor() {
    super({ description: 'Send an access token in the header Authorization: Bearer TOKEN' });
  }

  override get headers(): Readonly<Record<string, string>> {
    return bearerChallenge();
  }
}
