import { Injectable } from '@nestjs/common';
import type { AccessTokenVerifier, VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { Issuer } from '../../common/config/issuer.js';
import { InvalidTokenError } from '../../common/errors/rfc6750.errors.js';
import { Clock } from '../../common/time/clock.js';
import { whenKnown } from '../../common/when-known.js';
import { RevocationFeed } from '../storage/revocation-feed.js';
import { TokenCutoffs } from '../storage/token-cutoffs.js';
import type { AccessTokenFormat } from './formats/token-format.js';
import { TokenFormats } from './formats/token-format.js';

/**
 * Verifies and revokes access tokens of this server, whichever format wrote them. Expiry and revocation are looked at on
 * every use; for a format that is not stored, both from memory.
 */
@Injectable()
export class LocalAccessTokenVerifier implements AccessTokenVerifier {
  constructor(
    private readonly formats: TokenFormats,
    private readonly feed: RevocationFeed,
    private readonly cutoffs: TokenCutoffs,
    private readonly issuer: Issuer,
    private readonly clock: Clock,
  ) {}

  /** Also raises InvalidTokenError for a token whose audience this server is not (RFC 9068 section 4). */
  verify(token: string): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    return whenKnown(this.#read(token), (read) => this.#meantForUs(read));
  }

  /** The content of a token, whichever resource server it is meant for; undefined unless the token is good. */
  async find(token: string): Promise<VerifiedAccessToken | undefined> {
    try {
      return await this.#read(token);
    } catch (error) {
      if (error instanceof InvalidTokenError) return undefined;
      throw error;
    }
  }

  /**
   * Revokes one token that `find` gave: by its format where that keeps account of revocation, or else by its id on
   * every node.
   */
  async revoke(token: string, { tokenId, expiresAt }: VerifiedAccessToken): Promise<void> {
    const format = this.formats.candidatesFor(token).find(({ revoke }) => revoke !== undefined);
    if (format?.revoke === undefined) await this.feed.revokeAccessToken(tokenId, expiresAt);
    else await format.revoke(token);
  }

  #read(token: string): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    return this.#readBy(this.formats.candidatesFor(token), 0, token);
  }

  /** Asks the formats in turn, from an index on. */
  #readBy(
    formats: readonly AccessTokenFormat[],
    index: number,
    token: string,
  ): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    const format = formats[index];
    if (format === undefined)
      throw new InvalidTokenError({ description: 'This is not an access token of this server' });
    return whenKnown(format.read(token), (read) =>
      read === undefined ? this.#readBy(formats, index + 1, token) : this.#unlessOver(read, format),
    );
  }

  /** A format that revokes by itself has refused what is revoked already, and knows nothing of cutoffs. */
  #unlessOver(
    token: VerifiedAccessToken,
    { revoke }: AccessTokenFormat,
  ): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    if (token.expiresAt <= this.clock.now())
      throw new InvalidTokenError({ description: 'The access token is expired' });
    const isRevoked = whenKnown(
      this.cutoffs.covers(token),
      (isCutOff) => isCutOff || (revoke === undefined && this.feed.isRevoked(token.tokenId, token.familyId)),
    );
    return whenKnown(isRevoked, (isOver) => {
      if (isOver) throw new InvalidTokenError({ description: 'The access token is revoked' });
      return token;
    });
  }

  #meantForUs(token: VerifiedAccessToken): VerifiedAccessToken {
    if (!token.audience.includes(this.issuer.url))
      throw new InvalidTokenError({ description: `The access token is meant for ${token.audience.join(' ')}` });
    return token;
  }
}
