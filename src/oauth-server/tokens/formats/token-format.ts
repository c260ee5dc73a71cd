import type { Client } from '../../../clients/client.js';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import type { Confirmation } from '../../../common/confirmation.js';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { TokenFamily } from '../../storage/token-family.js';

/** What an access token says, before it has a form. */
export interface AccessTokenClaims {
  /** `jti`, a uuid. */
  readonly tokenId: string;
  readonly client: Client;
  /** The end user's sign-in that it hangs from; undefined for a token that a client holds in its own right. */
  readonly family: TokenFamily | undefined;
  /** `sub`: the end user, or else the client (RFC 9068 section 2.2). */
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly audience: readonly string[];
  /** `cnf`: the key that the token is bound to; undefined for a plain bearer token. */
  readonly confirmation: Confirmation | undefined;
  /** Further claims under their names on the wire, from every `@TokenClaims()` class; undefined where there are none. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * One form of access token, named as in the client's `access_token_format`. What a format writes it also reads, so that
 * guards, introspection, userinfo and revocation take the tokens of every format. Expiry, audience and revocation are
 * looked at after `read`, for every format alike.
 */
export interface AccessTokenFormat {
  /** How every token of the format begins, such as `gate_at_`; left out, the format is asked about any text. */
  readonly prefix?: string;
  /** True when the token says nothing by itself: what it says is then stored under its digest, and whether it is revoked. */
  readonly isStored: boolean;
  /** The token as the client gets it: letters, digits and `-._~+/`, which a Bearer header takes (RFC 6750 section 2.1). */
  write(claims: AccessTokenClaims): string | Promise<string>;
  /**
   * What the token says, with the `tokenId` and the family's id that `write` was given; at once where no I/O is needed.
   * Undefined for a text that the format did not write. Raises InvalidTokenError for a token of its making that is not good.
   */
  read(token: string): VerifiedAccessToken | undefined | Promise<VerifiedAccessToken | undefined>;
  /**
   * Revokes one token, which `read` refuses from then on; needs a prefix. Left out, the token is revoked by its id, and
   * every node refuses it without a word from the format.
   */
  revoke?(token: string): Promise<void>;
}

/** Registers an injectable class that implements AccessTokenFormat under a format name; list it in any module. */
export const TokenFormat = familyDecorator<AccessTokenFormat>('token format', 'write', 'read');
