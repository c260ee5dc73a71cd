import { OAuthError } from './oauth-error.js';

/** A form of ours came back without the token of the browser it was shown in (cross-site request forgery). */
export class ForbiddenFormError extends OAuthError {
  readonly code = 'access_denied';
  override readonly status = 403;
}
