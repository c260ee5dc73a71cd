import { OAuthError } from './oauth-error.js';

/** The code, refresh token or password is wrong, spent, expired, revoked or another client's (RFC 6749 section 5.2). */
export class InvalidGrantError extends OAuthError {
  readonly code = 'invalid_grant';
}
