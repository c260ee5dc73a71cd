import { SetMetadata } from '@nestjs/common';
import type { User } from '../../users/user/user.js';
import type { GivenClaims } from './given-claims.js';

/** Adds claims of your own to userinfo. A claim that the protocol sets, such as `sub`, is refused as by `@TokenClaims()`. */
export interface ClaimsSource {
  /**
   * The claims about the end user that the scopes of the access token let a client know. Undefined values are left out.
   */
  claims(user: User, scopes: readonly string[]): GivenClaims | Promise<GivenClaims>;
}

/** Metadata key of `@ClaimsSource`. */
export const CLAIMS_SOURCE = 'gatehouse:claims-source';

/** Registers an injectable class that implements ClaimsSource; list it in any module. */
export const ClaimsSource = (): ClassDecorator => SetMetadata(CLAIMS_SOURCE, true);
