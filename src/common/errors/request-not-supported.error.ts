import { OAuthError } from './oauth-error.js';

/** Request objects are not taken here (OpenID Connect Core section 3.1.2.6). */
export class RequestNotSupportedError extends OAuthError {
  readonly code = 'request_not_supported';
}
