import { Injectable } from '@nestjs/common';
import { Issuer } from '../../../common/config/issuer.js';
import { epochSeconds } from '../../../common/time/instant.js';
import { SigningKeys } from '../../keys/signing-keys.js';
import { type AccessTokenClaims, type AccessTokenFormat, TokenFormat } from './token-format.js';

/** `jwt`: a signed access token that anyone can verify by /oauth/jwks (RFC 9068). Not stored. */
@Injectable()
@TokenFormat('jwt')
export class JwtTokenFormat implements AccessTokenFormat {
  readonly isStored = false;

  constructor(
    private readonly keys: SigningKeys,
    private readonly issuer: Issuer,
  ) {}

  write({ tokenId, client, family, subject, scopes, audience, issuedAt, expiresAt }: AccessTokenClaims): string {
    return this.keys.sign(
      'ES256',
      { typ: 'at+jwt' },
      {
        iss: this.issuer.url,
        sub: subject,
        aud: audience.length === 1 ? audience[0] : audience,
        client_id: client.id,
        iat: epochSeconds(issuedAt),
        exp: epochSeconds(expiresAt),
        jti: tokenId,
        scope: scopes.join(' '),
        ...(family && {
          auth_time: epochSeconds(family.authTime),
          fid: `${family.period.toString(36)}.${family.id}`,
        }),
      },
    );
  }
}
