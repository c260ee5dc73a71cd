import { OAuthError } from './oauth-error.js';

/** prompt=none, and consent is still to be asked (OpenID Connect Core section 3.1.2.6). */
export class ConsentRequiredError extends OAuthError {
  readonly code = 'consent_required';
}
