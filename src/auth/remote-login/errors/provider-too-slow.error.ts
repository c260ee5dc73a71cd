import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The provider did not answer within the time limit. */
export class ProviderTooSlowError extends OAuthError {
  readonly code = 'provider_too_slow';
  override readonly status = 504;

  constructor(attempt: LoginAttempt, detail: string) {
    super({
      description: `${attempt.app.label} takes too long to answer just now`,
      detail: `${attempt.app.name}: ${detail}`,
      wayOn: tryAgain(attempt),
    });
  }
}
