import { OAuthError } from './oauth-error.js';

/** The request misses a parameter, repeats one or is malformed (RFC 6749 sections 4.1.2.1 and 5.2). */
export class InvalidRequestError extends OAuthError {
  readonly code = 'invalid_request';
}
