import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { quoted } from './quoted.js';
import { tryAgain } from './try-again.js';

/** The person, or the provider for them, said no (RFC 6749 section 4.1.2.1, access_denied). */
export class SignInDeniedError extends OAuthError {
  readonly code = 'access_denied';
  override readonly status = 403;

  constructor(attempt: LoginAttempt, providerText: string | undefined) {
    super({
      description: `Signing in was declined at ${attempt.app.label}, so nothing has changed here`,
      detail: `${attempt.app.name}: access_denied ${quoted(providerText)}`,
      wayOn: tryAgain(attempt),
    });
  }
}
