import { OAuthError } from './oauth-error.js';

/** Nobody is signed in, or with prompt=none not recently enough (OpenID Connect Core section 3.1.2.6). */
export class LoginRequiredError extends OAuthError {
  readonly code = 'login_required';
  override readonly status = 401;
}
