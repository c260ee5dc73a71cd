import { OAuthError } from './oauth-error.js';

/** Request objects by reference are not taken here (OpenID Connect Core section 3.1.2.6). */
export class RequestUriNotSupportedError extends OAuthError {
  readonly code = 'request_uri_not_supported';
}
