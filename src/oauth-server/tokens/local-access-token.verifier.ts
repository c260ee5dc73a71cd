import { Injectable } from '@nestjs/common';
import type { AccessTokenVerifier, VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { Issuer } from '../../common/config/issuer.js';
import { periodOfToken } from '../../common/crypto/random-token.js';
import { InvalidTokenError } from '../../common/errors/rfc6750.errors.js';
import { JwtAccessTokens } from './formats/jwt-access-tokens.js';
import { OpaqueAccessTokens } from './formats/opaque-access-tokens.js';

/** Verifies access tokens of this server. One whose prefix, checksum or signature is wrong costs no query. */
@Injectable()
export class LocalAccessTokenVerifier implements AccessTokenVerifier {
  constructor(
    private readonly opaqueTokens: OpaqueAccessTokens,
    private readonly jwts: JwtAccessTokens,
    private readonly issuer: Issuer,
  ) {}

  /** Also raises InvalidTokenError for a token whose audience this server is not (RFC 9068 section 4). */
  verify(token: string): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    const read = this.#read(token);
    return read instanceof Promise ? read.then((awaited) => this.#meantForUs(awaited)) : this.#meantForUs(read);
  }

  /** What the token says, whichever resource server it is meant for; undefined unless it is good. */
  async find(token: string): Promise<VerifiedAccessToken | undefined> {
    try {
      return await this.#read(token);
    } catch (error) {
      if (error instanceof InvalidTokenError) return undefined;
      throw error;
    }
  }

  #read(token: string): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    const period = periodOfToken('at', token);
    return period === undefined ? this.jwts.read(token) : this.opaqueTokens.read(token, period);
  }

  #meantForUs(token: VerifiedAccessToken): VerifiedAccessToken {
    if (!token.audience.includes(this.issuer.url))
      throw new InvalidTokenError({ description: `The access token is meant for ${token.audience.join(' ')}` });
    return token;
  }
}
