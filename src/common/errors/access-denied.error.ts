import { OAuthError } from './oauth-error.js';

/** The end user or the server said no (RFC 6749 section 4.1.2.1). */
export class AccessDeniedError extends OAuthError {
  readonly code = 'access_denied';
  override readonly status = 403;
}
