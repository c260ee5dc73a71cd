import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The provider's user info is missing, malformed or without a usable subject. */
export class ProfileUnusableError extends OAuthError {
  readonly code = 'profile_unusable';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, detail: string) {
    super({
      description: `${attempt.app.label} did not say who you are in a way that can be used`,
      detail: `${attempt.app.name} user info: ${detail}`,
      wayOn: tryAgain(attempt),
    });
  }
}
