import { OAuthError } from './oauth-error.js';

/** The server cannot answer just now; the same request may succeed later (RFC 6749 section 4.1.2.1). */
export class TemporarilyUnavailableError extends OAuthError {
  readonly code = 'temporarily_unavailable';
  override readonly status = 503;
}
