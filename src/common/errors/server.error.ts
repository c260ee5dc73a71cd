import { OAuthError } from './oauth-error.js';

/** Something failed here; the reference id finds it in the log (RFC 6749 section 4.1.2.1). */
export class ServerError extends OAuthError {
  readonly code = 'server_error';
  override readonly status = 500;
}
