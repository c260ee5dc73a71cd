import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';

/** The identity is linked to another account here than the one that is signed in. */
export class LinkedElsewhereError extends OAuthError {
  readonly code = 'linked_elsewhere';
  override readonly status = 409;

  constructor({ app, returnTo }: LoginAttempt) {
    super({
      description:
        `This ${app.label} account is linked to another account here than the one you are signed in to. To use that ` +
        `one, sign out first and then sign in with ${app.label}`,
      detail: `${app.name}: the identity is linked to another person than the one who is signed in`,
      wayOn: { label: 'Go on as you are', href: returnTo },
    });
  }
}
