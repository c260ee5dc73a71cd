import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The id_token failed a check of OpenID Connect Core section 3.1.3.7: signature, issuer, audience, times or nonce. */
export class IdTokenInvalidError extends OAuthError {
  readonly code = 'id_token_invalid';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, detail: string) {
    super({
      description: `What ${attempt.app.label} says about you could not be verified, so it was not used`,
      detail: `${attempt.app.name} id_token: ${detail}`,
      wayOn: tryAgain(attempt),
    });
  }
}
