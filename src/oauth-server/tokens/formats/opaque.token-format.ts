import { Injectable } from '@nestjs/common';
import { createToken } from '../../../common/crypto/random-token.js';
import { ACCESS_TOKENS } from '../../storage/access-token.repository.js';
import { type AccessTokenClaims, type AccessTokenFormat, TokenFormat } from './token-format.js';

/** `opaque`: a random access token whose meaning only introspection tells (RFC 7662). One row. */
@Injectable()
@TokenFormat('opaque')
export class OpaqueTokenFormat implements AccessTokenFormat {
  readonly isStored = true;

  write({ expiresAt }: AccessTokenClaims): string {
    return createToken('at', ACCESS_TOKENS.periodOf(expiresAt));
  }
}
