import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The provider's answer is over the size limit. */
export class ProviderAnswerTooLargeError extends OAuthError {
  readonly code = 'provider_answer_too_large';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, detail: string) {
    super({
      description: `${attempt.app.label} sent an answer that is too large to be right`,
      detail: `${attempt.app.name}: ${detail}`,
      wayOn: tryAgain(attempt),
    });
  }
}
