import { Injectable } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import { Issuer } from '../../../common/config/issuer.js';
import { digestOf } from '../../../common/crypto/random-token.js';
import { InvalidTokenError } from '../../../common/errors/rfc6750.errors.js';
import { BoundedCache } from '../../../common/memory/bounded-cache.js';
import { parseScope } from '../../../common/scope.js';
import { Clock } from '../../../common/time/clock.js';
import { SigningKeys } from '../../keys/signing-keys.js';
import { RevocationFeed } from '../../storage/revocation-feed.js';

const MAX_CACHED = 10_000;
const MAX_AGE_MILLISECONDS = 3_600_000;

/** Claims of a JWT access token (RFC 9068 section 2.2), with a private one that names its token family. */
interface Claims {
  readonly iss: string;
  readonly jti: string;
  readonly client_id: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly scope?: string;
  readonly iat: number;
  readonly exp: number;
  /** `<period>.<uuid>` of the token family. */
  readonly fid?: string;
}

interface SignedAccessToken {
  readonly token: VerifiedAccessToken;
  readonly kid: string;
  readonly familyId: string | undefined;
}

/**
 * Reads JWT access tokens (RFC 9068 section 4). A signature is verified once and remembered under the token's digest;
 * expiry, revocation and the key's presence are looked at on every use, all from memory.
 */
@Injectable()
export class JwtAccessTokens {
  readonly #signed = new BoundedCache<string, SignedAccessToken>(MAX_CACHED, MAX_AGE_MILLISECONDS);

  constructor(
    private readonly keys: SigningKeys,
    private readonly feed: RevocationFeed,
    private readonly issuer: Issuer,
    private readonly clock: Clock,
  ) {}

  /** What the token says. Raises InvalidTokenError when it is not of ours, expired or revoked. */
  read(jwt: string): VerifiedAccessToken | Promise<VerifiedAccessToken> {
    const { token, kid, familyId } = this.#signedToken(jwt);
    if (token.expiresAt <= this.clock.now())
      throw new InvalidTokenError({ description: 'The access token is expired' });
    if (this.keys.verifyingKey(kid) === undefined)
      throw new InvalidTokenError({ description: 'The key of the access token is withdrawn' });
    const isRevoked = this.feed.isRevoked(token.tokenId, familyId);
    return isRevoked instanceof Promise
      ? isRevoked.then((awaited) => unlessRevoked(token, awaited))
      : unlessRevoked(token, isRevoked);
  }

  #signedToken(jwt: string): SignedAccessToken {
    const digest = digestOf(jwt).toString('latin1');
    const known = this.#signed.get(digest);
    if (known !== undefined) return known;
    const { kid, payload } = this.keys.verify(jwt, 'at+jwt') ?? {};
    if (kid === undefined || payload?.iss !== this.issuer.url)
      throw new InvalidTokenError({ description: 'This is not an access token of this server' });
    const claims = payload as unknown as Claims;
    const signed = { kid, token: tokenOf(claims), familyId: claims.fid?.slice(claims.fid.indexOf('.') + 1) };
    this.#signed.set(digest, signed);
    return signed;
  }
}

function unlessRevoked(token: VerifiedAccessToken, isRevoked: boolean): VerifiedAccessToken {
  if (isRevoked) throw new InvalidTokenError({ description: 'The access token is revoked' });
  return token;
}

function tokenOf({ jti, client_id, sub, aud, scope, iat, exp }: Claims): VerifiedAccessToken {
  return {
    tokenId: jti,
    clientId: client_id,
    subject: sub,
    userId: sub === client_id ? undefined : sub,
    scopes: parseScope(scope),
    audience: [aud].flat(),
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  };
}
