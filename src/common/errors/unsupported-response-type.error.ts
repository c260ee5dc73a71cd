import { OAuthError } from './oauth-error.js';

/** No response type of this name is registered (RFC 6749 section 4.1.2.1). */
export class UnsupportedResponseTypeError extends OAuthError {
  readonly code = 'unsupported_response_type';
}
