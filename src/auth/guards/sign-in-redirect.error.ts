import { OAuthError } from '../../common/errors/oauth-error.js';

/** Nobody is signed in at a browser that asks for a page: it is sent to sign in and come back (RFC 9110 section 15.4.4). */
export class SignInRedirectError extends OAuthError {
  readonly code = 'login_required';
  override readonly status = 303;

  /** Takes the path and query of the sign-in page. */
  constructor(private readonly signInUrl: string) {
    super({ description: 'Sign in to see this page' });
  }

  override get headers(): Readonly<Record<string, string>> {
    return { Location: this.signInUrl };
  }
}
