import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { quoted } from './quoted.js';
import { tryAgain } from './try-again.js';

/** The token endpoint gave no token; `providerCode` is its own error code where it has one (RFC 6749 section 5.2). */
export class TokenRefusedError extends OAuthError {
  readonly code = 'token_refused';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, providerCode: string, providerText?: string) {
    super({
      description: `${attempt.app.label} would not complete the sign-in and says: ${providerCode.slice(0, 60)}`,
      detail: `${attempt.app.name} token endpoint: ${quoted(providerCode)} ${quoted(providerText)}`,
      wayOn: tryAgain(attempt),
    });
  }
}
