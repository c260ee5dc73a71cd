/**
 * The access that an authorization or a grant allows: one value that travels whole from the granted request to the
 * code, the token family, each refresh and each access token, and that is stored as one JSON value. Every member must
 * survive JSON.
 *
 * An application adds a member of its own by declaration merging. The member then travels like the others, without a
 * column, and a `@TokenClaims()` class may tell it to resource servers: `declare module 'gatehouse' { interface
 * GrantedAccess { readonly tenant?: string } }`
 */
export interface GrantedAccess {
  /** Scope tokens (RFC 6749 section 3.3). */
  readonly scopes: readonly string[];
  /** Absolute URIs of the resource servers that the access is for (RFC 8707 section 2). */
  readonly resources?: readonly string[];
  /** `authorization_details` (RFC 9396 section 2). */
  readonly authorizationDetails?: readonly Readonly<Record<string, unknown>>[];
  /** The `claims` parameter of the request (OpenID Connect Core section 5.5). */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The authentication context class that the access was granted under (RFC 9470 section 6). */
  readonly acr?: string;
  /** `act`: who acts for the subject (RFC 8693 section 4.1). */
  readonly actor?: Readonly<Record<string, unknown>>;
}
