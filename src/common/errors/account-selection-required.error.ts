import { OAuthError } from './oauth-error.js';

/** prompt=none, and an account would have to be chosen (OpenID Connect Core section 3.1.2.6). */
export class AccountSelectionRequiredError extends OAuthError {
  readonly code = 'account_selection_required';
}
