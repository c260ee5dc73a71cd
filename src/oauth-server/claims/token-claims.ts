import { SetMetadata } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import type { SignIn } from '../../users/session/sign-in.js';
import type { GrantedAccess } from '../storage/granted-access.js';
import type { GivenClaims } from './given-claims.js';

/** The access that a token will give. */
export interface DescribedAccess {
  readonly client: Client;
  /** `sub`: the end user, or the client itself. */
  readonly subject: string;
  readonly granted: GrantedAccess;
  /** Undefined where a client acts in its own right. */
  readonly signIn: SignIn | undefined;
}

/**
 * Adds claims of your own to tokens, by one of the methods or both. Undefined values are left out. A claim that the
 * protocol sets, such as `sub` or `scope`, is refused: the request fails with 500, and the log names class and claim.
 */
export interface TokenClaims {
  /**
   * The claims of an access token by their names on the wire: a JWT carries them, introspection tells them, and a guarded
   * API finds them in `claims` of the verified token.
   */
  accessTokenClaims?(access: DescribedAccess): GivenClaims | Promise<GivenClaims>;
  /** The claims of an id_token, for the client alone (OpenID Connect Core section 2). */
  idTokenClaims?(access: DescribedAccess): GivenClaims | Promise<GivenClaims>;
}

/** Metadata key of `@TokenClaims`. */
export const TOKEN_CLAIMS = 'gatehouse:token-claims';

/** Registers an injectable class that implements TokenClaims; list it in any module. */
export const TokenClaims = (): ClassDecorator => SetMetadata(TOKEN_CLAIMS, true);
