import { OAuthError } from './oauth-error.js';

/** The registration parameter is not taken here (OpenID Connect Core section 3.1.2.6). */
export class RegistrationNotSupportedError extends OAuthError {
  readonly code = 'registration_not_supported';
}
