import { OAuthError } from '../../../common/errors/oauth-error.js';
import type { LoginAttempt } from '../flow/login-flow.js';

/** The identity is new here, but its e-mail address has an account already; `signInHref` leads to signing in and then linking. */
export class EmailHasAccountError extends OAuthError {
  readonly code = 'account_exists';
  override readonly status = 409;

  constructor({ app }: LoginAttempt, email: string, signInHref: string) {
    super({
      description:
        `There is an account for ${email} here already. Sign in to it the way you did before, for example with your ` +
        `password; then your ${app.label} account is linked to it`,
      detail: `${app.name}: the e-mail address has an account that this identity is not linked to`,
      wayOn: { label: `Sign in, then link ${app.label}`, href: signInHref },
    });
  }
}
