import type { Client } from '../../../clients/client.js';
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
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** One form of access token, named as in the client's `access_token_format`. */
export interface AccessTokenFormat {
  /** True when the token says nothing by itself: its claims are then stored under its digest. */
  readonly isStored: boolean;
  /** The token as the client gets it. */
  write(claims: AccessTokenClaims): string | Promise<string>;
}

/** Registers an injectable class that implements AccessTokenFormat under a format name; list it in any module. */
export const TokenFormat = familyDecorator<AccessTokenFormat>('token format', 'write');
