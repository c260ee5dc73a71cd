import { OAuthError } from './oauth-error.js';

/** A scope is unknown, malformed or beyond what may be asked (RFC 6749 sections 4.1.2.1 and 5.2). */
export class InvalidScopeError extends OAuthError {
  readonly code = 'invalid_scope';
}
