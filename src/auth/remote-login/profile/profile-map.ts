import type { StandardClaims } from '../../../users/user/user.js';

/** How the user info of an OAuth 2 provider reads as OIDC standard claims. */
export interface ProfileMap {
  /**
   * For each standard claim the member of the answer that holds it, or the path to a member further down, such as
   * `data.user.id`. Where several are named, the first one present counts. An object is a value that is the same for all:
   * `{ constant: true }`.
   */
  readonly claims: Readonly<Record<string, string | readonly string[] | { readonly constant: unknown }>>;
  /** Further calls whose answers add claims, one after the other. */
  readonly extraCalls?: readonly ExtraCall[];
}

/** A call after user info, for claims that the provider keeps elsewhere, such as verified e-mail addresses. */
export interface ExtraCall {
  /** Absolute, or relative to the API base URL. */
  readonly url: string;
  /**
   * Reads the claims out of the JSON answer; a pure function that takes any JSON. An answer of several pages, which name
   * the next one by a Link header (RFC 8288) or a member `next`, is read page by page until one gives claims.
   */
  read(answer: unknown): StandardClaims;
}
