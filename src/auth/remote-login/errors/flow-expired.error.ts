import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** A sign-in took longer than its ten minutes. */
export class FlowExpiredError extends OAuthError {
  readonly code = 'flow_expired';

  constructor(attempt: LoginAttempt) {
    super({
      description: `Signing in with ${attempt.app.label} took longer than ten minutes, so it has to start again`,
      detail: `${attempt.app.name}: flow expired`,
      wayOn: tryAgain(attempt),
    });
  }
}
