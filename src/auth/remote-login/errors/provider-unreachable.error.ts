import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The provider cannot be called: no connection, a redirect instead of an answer, or an address that may not be called. */
export class ProviderUnreachableError extends OAuthError {
  readonly code = 'provider_unreachable';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, detail: string) {
    super({
      description: `${attempt.app.label} cannot be reached just now`,
      detail: `${attempt.app.name}: ${detail}`,
      wayOn: tryAgain(attempt),
    });
  }
}
