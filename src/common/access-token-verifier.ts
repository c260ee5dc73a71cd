import type { Confirmation } from './confirmation.js';

/** The claims of a good access token, with the meaning of RFC 7662 section 2.2. */
export interface VerifiedAccessToken {
  /** `jti`: names the token, and gives no access by itself. */
  readonly tokenId: string;
  readonly clientId: string;
  /** `sub`: the end user, or the client itself where no end user takes part (RFC 9068 section 2.2). */
  readonly subject: string;
  /** The end user's id; undefined for a token that a client holds in its own right. */
  readonly userId: string | undefined;
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The id of the token family, with which the token is revoked; left out for a token that hangs from none. */
  readonly familyId?: string | undefined;
  /** The key that the token is bound to (RFC 7800); left out for a plain bearer token. */
  readonly confirmation?: Confirmation | undefined;
  /** Further claims under their names on the wire; left out where the token has none. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Port: tells whether a bearer token is good, and for what. oauth-server implements the port for tokens of its own;
 * provide another class for tokens of a remote issuer. Raises InvalidTokenError for a token that is unknown, expired,
 * revoked or not of this issuer.
 */
export abstract class AccessTokenVerifier {
  /** Returns without a promise where no I/O is needed, so that a cached JWT costs none. */
  abstract verify(token: string): VerifiedAccessToken | Promise<VerifiedAccessToken>;
}
