import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';

/** The account that the identity is linked to is disabled. */
export class AccountDisabledError extends OAuthError {
  readonly code = 'account_disabled';
  override readonly status = 403;

  constructor({ app }: LoginAttempt) {
    super({
      description: 'This account is disabled; ask the operator of this server',
      detail: `${app.name}: the identity is linked to a disabled account`,
      wayOn: { label: 'Sign in with another account', href: '/login' },
    });
  }
}
