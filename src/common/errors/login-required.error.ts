import { OAuthError } from './oauth-error.js';

/** prompt=none, and nobody is signed in or not recently enough (OpenID Connect Core section 3.1.2.6). */
export class LoginRequiredError extends OAuthError {
  readonly code = 'login_required';
}
