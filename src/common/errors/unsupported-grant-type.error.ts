import { OAuthError } from './oauth-error.js';

/** No grant of this name is registered (RFC 6749 section 5.2). */
export class UnsupportedGrantTypeError extends OAuthError {
  readonly code = 'unsupported_grant_type';
}
