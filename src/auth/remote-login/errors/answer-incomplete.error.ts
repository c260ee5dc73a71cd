import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The authorization response has neither a code nor an error (RFC 6749 section 4.1.2). */
export class AnswerIncompleteError extends OAuthError {
  readonly code = 'answer_incomplete';

  constructor(attempt: LoginAttempt) {
    super({
      description: `${attempt.app.label} sent you back without an answer`,
      detail: `${attempt.app.name}: neither code nor error`,
      wayOn: tryAgain(attempt),
    });
  }
}
