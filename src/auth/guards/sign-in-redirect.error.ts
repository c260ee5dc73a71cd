import { OAuthError } from '../../common/errors/oauth-error.js';
import type { ErrorForEndUser, ErrorInWords } from '../../ui/error-for-end-user.js';
import type { PageContext } from '../../ui/page-context.js';

/**
 * Nobody is signed in at a browser that asks for a page. The browser is sent to sign in and comes back (RFC 9110
 * section 15.4.4).
 */
export class SignInRedirectError extends OAuthError implements ErrorForEndUser {
  readonly code = 'login_required';
  override readonly statusCode = 303;

  /** Takes the path and query of the sign-in page. */
  constructor(private readonly signInUrl: string) {
    super({ description: 'Sign in to see this page' });
  }

  inWords({ messages }: PageContext): ErrorInWords {
    const { nobodySignedIn } = messages.error;
    return { sentence: nobodySignedIn, wayOn: { label: messages.signIn.submit, href: this.signInUrl } };
  }

  override get headers(): Readonly<Record<string, string>> {
    return { Location: this.signInUrl };
  }
}
