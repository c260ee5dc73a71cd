import { OAuthError } from '../../../common/errors/oauth-error.js';
import { quoted } from './quoted.js';

/** No remote app of this name is configured. */
export class UnknownProviderError extends OAuthError {
  readonly code = 'unknown_provider';
  override readonly status = 404;

  constructor(name: string) {
    super({
      description: 'This server does not offer signing in with that provider',
      detail: `no remote app is called ${quoted(name)}`,
      wayOn: { label: 'Sign in another way', href: '/login' },
    });
  }
}
