import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { tryAgain } from './try-again.js';

/** The discovery document of an OpenID Connect provider is missing, malformed or of another issuer. */
export class ProviderMetadataUnusableError extends OAuthError {
  readonly code = 'provider_metadata_unusable';
  override readonly status = 502;

  constructor(attempt: LoginAttempt, detail: string) {
    super({
      description: `${attempt.app.label} does not describe itself as an OpenID Connect provider must`,
      detail: `${attempt.app.name} discovery: ${detail}`,
      wayOn: tryAgain(attempt),
    });
  }
}
