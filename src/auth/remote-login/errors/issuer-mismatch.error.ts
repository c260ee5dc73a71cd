import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { quoted } from './quoted.js';
import { tryAgain } from './try-again.js';

/** The authorization response names another issuer than the one that was asked, or none where it must (RFC 9207 section 2.4). */
export class IssuerMismatchError extends OAuthError {
  readonly code = 'issuer_mismatch';

  constructor(attempt: LoginAttempt, expected: string, received: string | undefined) {
    super({
      description: `This answer does not come from ${attempt.app.label}, so it was not used`,
      detail: `${attempt.app.name}: iss is ${received === undefined ? 'absent' : quoted(received)}, not ${quoted(expected)}`,
      wayOn: tryAgain(attempt),
    });
  }
}
