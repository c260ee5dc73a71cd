import type { Confirmation } from './confirmation.js';

/** What a good access token says (RFC 7662 section 2.2 in this house's types). */
export interface VerifiedAccessToken {
  /** `jti`: names the token without being it. */
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
  /** Names the sign-in that the token hangs from, and with which it is revoked; left out where there is none. */
  readonly familyId?: string | undefined;
  /** The key that the token is bound to (RFC 7800); left out for a plain bearer token. */
  readonly confirmation?: Confirmation | undefined;
  /** Further claims under their names on the wire; left out where the token has none. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Port: is this bearer token good, and for what. oauth-server implements it for tokens of its own; provide another for
 * those of a remote issuer. Raises InvalidTokenError for a token that is unknown, expired, revoked or not of this issuer.
 */
export abstract class AccessTokenVerifier {
  /** Answers at once where no I/O is needed, so that a cached JWT costs no promise. */
  abstract verify(token: string): VerifiedAccessToken | Promise<VerifiedAccessToken>;
}
