import { OAuthError } from './oauth-error.js';

/** prompt=none, and a page would have to be shown (OpenID Connect Core section 3.1.2.6). */
export class InteractionRequiredError extends OAuthError {
  readonly code = 'interaction_required';
}
