import { OAuthError } from './oauth-error.js';

/** Nobody is signed in, or with prompt=none not recently enough (OpenID Connect Core section 3.1.2.6). */
export class LoginRequiredError extends OAuthError {
  readonly code = 'login_required';
  override readonly statusCode = 401;
}

/** prompt=none, and the end user must see a page (OpenID Connect Core section 3.1.2.6). */
export class InteractionRequiredError extends OAuthError {
  readonly code = 'interaction_required';
}

/** prompt=none, and consent is still to be asked (OpenID Connect Core section 3.1.2.6). */
export class ConsentRequiredError extends OAuthError {
  readonly code = 'consent_required';
}

/** Request objects are not taken here (OpenID Connect Core section 3.1.2.6). */
export class RequestNotSupportedError extends OAuthError {
  readonly code = 'request_not_supported';
}

/** Request objects by reference are not taken here (OpenID Connect Core section 3.1.2.6). */
export class RequestUriNotSupportedError extends OAuthError {
  readonly code = 'request_uri_not_supported';
}

/** The registration parameter is not taken here (OpenID Connect Core section 3.1.2.6). */
export class RegistrationNotSupportedError extends OAuthError {
  readonly code = 'registration_not_supported';
}
