import type { OAuthError, WayOn } from '../common/errors/oauth-error.js';
import type { PageContext } from './page-context.js';

/** The texts of an error page in the end user's language. */
export interface ErrorInWords {
  /** The heading and title of the page. @default the one of the status */
  readonly heading?: string | undefined;
  /** One or more whole sentences: what happened, and what follows from it. */
  readonly sentence: string;
  /** The link that goes on from here; undefined where only the start page is left. */
  readonly wayOn?: WayOn | undefined;
}

/**
 * An OAuthError that an end user has to understand. Its `description` stays English, for developers; the page shows the
 * texts that `inWords` takes from the catalogue.
 */
export interface ErrorForEndUser {
  inWords(page: PageContext): ErrorInWords;
}

/** True for an error that speaks to end users. */
export function isForEndUser(error: OAuthError): error is OAuthError & ErrorForEndUser {
  return 'inWords' in error && typeof error.inWords === 'function';
}
