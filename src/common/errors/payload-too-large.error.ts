import { OAuthError } from './oauth-error.js';

/** The body is larger than any request of these protocols needs to be (RFC 9110 section 15.5.14). */
export class PayloadTooLargeError extends OAuthError {
  readonly code = 'invalid_request';
  override readonly status = 413;
}
