import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { quoted } from './quoted.js';
import { tryAgain } from './try-again.js';

/** The provider answered the authorization request with an error other than access_denied (RFC 6749 section 4.1.2.1). */
export class AuthorizationRefusedError extends OAuthError {
  readonly code = 'authorization_refused';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, providerCode: string, providerText: string | undefined) {
    super({
      description: `${attempt.app.label} could not sign you in and says: ${providerCode.slice(0, 60)}`,
      detail: `${attempt.app.name}: ${quoted(providerCode)} ${quoted(providerText)}`,
      wayOn: tryAgain(attempt),
    });
  }
}
