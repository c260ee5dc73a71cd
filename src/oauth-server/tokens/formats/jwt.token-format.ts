import { Injectable } from '@nestjs/common';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import { Issuer } from '../../../common/config/issuer.js';
import type { Confirmation } from '../../../common/confirmation.js';
import { digestOf } from '../../../common/crypto/random-token.js';
import { InvalidTokenError } from '../../../common/errors/rfc6750.errors.js';
import { BoundedCache } from '../../../common/memory/bounded-cache.js';
import { parseScope } from '../../../common/scope.js';
import { epochSeconds } from '../../../common/time/instant.js';
import { SigningKeys } from '../../keys/signing-keys.js';
import { type AccessTokenClaims, type AccessTokenFormat, TokenFormat } from './token-format.js';

const TYPE = 'at+jwt';
const MAX_CACHED = 10_000;
const MAX_AGE_MILLISECONDS = 3_600_000;

/** The claims of RFC 9068 section 2.2, with a private one that names the token family. */
interface Payload {
  readonly iss: string;
  readonly jti: string;
  readonly client_id: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly scope?: string;
  readonly iat: number;
  readonly exp: number;
  /** The key that the token is bound to (RFC 7800 section 3.1). */
  readonly cnf?: Confirmation;
  readonly auth_time?: number;
  /** The token family as `<period in base 36>.<uuid>`, for example `k2.4b0e…`. */
  readonly gatehouse_family?: string;
}

interface SignedAccessToken {
  readonly token: VerifiedAccessToken;
  readonly kid: string;
}

/**
 * `jwt`: a signed access token that anyone can verify by /oauth/jwks (RFC 9068). The token is not stored. Its signature
 * is verified once and remembered under the token's digest; every use looks whether the key is still published.
 */
@Injectable()
@TokenFormat('jwt')
export class JwtTokenFormat implements AccessTokenFormat {
  readonly isStored = false;
  readonly #signed = new BoundedCache<string, SignedAccessToken>(MAX_CACHED, MAX_AGE_MILLISECONDS);

  constructor(
    private readonly keys: SigningKeys,
    private readonly issuer: Issuer,
  ) {}

  write(token: AccessTokenClaims): string {
    const { family, audience } = token;
    const payload: Payload = {
      ...token.claims,
      iss: this.issuer.url,
      sub: token.subject,
      aud: audience.length === 1 ? (audience[0] as string) : audience,
      client_id: token.client.id,
      iat: epochSeconds(token.issuedAt),
      exp: epochSeconds(token.expiresAt),
      jti: token.tokenId,
      scope: token.scopes.join(' '),
      ...(token.confirmation && { cnf: token.confirmation }),
      ...(family && {
        auth_time: epochSeconds(family.signIn.authTime),
        gatehouse_family: `${family.period.toString(36)}.${family.id}`,
      }),
    };
    return this.keys.sign('ES256', { typ: TYPE }, payload);
  }

  /** Undefined for a JWT that no key of this server signed (RFC 9068 section 4). */
  read(jwt: string): VerifiedAccessToken | undefined {
    const digest = digestOf(jwt).toString('latin1');
    const signed = this.#signed.get(digest) ?? this.#verify(jwt, digest);
    if (signed !== undefined && this.keys.verifyingKey(signed.kid) === undefined)
      throw new InvalidTokenError({ description: 'The key of the access token is withdrawn' });
    return signed?.token;
  }

  #verify(jwt: string, digest: string): SignedAccessToken | undefined {
    const { kid, payload } = this.keys.verify(jwt, TYPE) ?? {};
    if (kid === undefined || payload?.iss !== this.issuer.url) return undefined;
    const signed = { kid, token: tokenOf(payload as unknown as Payload) };
    this.#signed.set(digest, signed);
    return signed;
  }
}

function tokenOf(payload: Payload): VerifiedAccessToken {
  const { iss, jti, client_id, sub, aud, scope, iat, exp, cnf, auth_time, gatehouse_family, ...claims } = payload;
  return {
    tokenId: jti,
    clientId: client_id,
    subject: sub,
    // A client's own token hangs from no family; an end user may have an id that reads like a client's.
    userId: gatehouse_family === undefined && sub === client_id ? undefined : sub,
    familyId: gatehouse_family?.slice(gatehouse_family.indexOf('.') + 1),
    scopes: parseScope(scope),
    audience: [aud].flat(),
    confirmation: cnf,
    claims,
    issuedAt: new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  };
}
