import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { compactVerify, createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { Issuer } from '../../../common/config/issuer.js';
import { Clock } from '../../../common/time/clock.js';
import { epochSeconds } from '../../../common/time/instant.js';
import { PLAYGROUND_CLIENT } from './authorization-request.js';
import type { Check } from './check-list.js';
import type { DecodedToken, HeldTokens } from './run.js';

/** Takes tokens apart and verifies them as a partner app must, with nothing but the published keys. */
@Injectable()
export class TokenInspector {
  constructor(
    private readonly issuer: Issuer,
    private readonly clock: Clock,
  ) {}

  /**
   * Every token held. `jwks` is the body of the key set; `nonce` is what the authorization request said, undefined
   * after a refresh, where an ID token may leave it out (OpenID Connect Core section 12.2).
   */
  async inspect(tokens: HeldTokens, jwks: string, nonce: string | undefined): Promise<DecodedToken[]> {
    const accessToken = await this.accessToken(tokens.accessToken, jwks);
    return tokens.idToken === undefined
      ? [accessToken]
      : [await this.#idToken(tokens.idToken, tokens.accessToken, jwks, nonce), accessToken];
  }

  /** RFC 9068 section 4; an opaque token says nothing to anyone but its issuer. */
  async accessToken(token: string, jwks: string): Promise<DecodedToken> {
    const title = 'Access token';
    if (!isJwt(token)) return { title, header: undefined, claims: undefined, checks: [] };
    const claims = decodeJwt(token);
    const checks = [
      await signatureCheck(token, jwks),
      ...this.#issuerAndExpiry(claims),
      check('client_id', claims.client_id === PLAYGROUND_CLIENT, `issued to ${String(claims.client_id)}`),
    ];
    return { title, ...decode(token, claims), checks };
  }

  /** OpenID Connect Core sections 3.1.3.7 and 3.1.3.8. */
  async #idToken(token: string, accessToken: string, jwks: string, nonce: string | undefined): Promise<DecodedToken> {
    const claims = decodeJwt(token);
    const atHash = halfHashOf(accessToken, decodeProtectedHeader(token).alg ?? '');
    const audience = [claims.aud ?? []].flat();
    const checks = [
      await signatureCheck(token, jwks),
      ...this.#issuerAndExpiry(claims),
      check('aud', audience.includes(PLAYGROUND_CLIENT), `made for ${audience.join(', ')}`),
      ...(nonce === undefined
        ? []
        : [check('nonce', claims.nonce === nonce, 'the value of the authorization request')]),
      check('at_hash', claims.at_hash === atHash, 'belongs to this access token'),
    ];
    return { title: 'ID token', ...decode(token, claims), checks };
  }

  #issuerAndExpiry({ iss, exp = 0 }: JWTPayload): Check[] {
    const secondsLeft = exp - epochSeconds(this.clock.now());
    return [
      check('iss', iss === this.issuer.url, `from ${String(iss)}`),
      check(
        'exp',
        secondsLeft > 0,
        secondsLeft > 0 ? `${secondsLeft} seconds left` : `over for ${-secondsLeft} seconds`,
      ),
    ];
  }
}

async function signatureCheck(token: string, jwks: string): Promise<Check> {
  const { alg, kid } = decodeProtectedHeader(token);
  try {
    await compactVerify(token, createLocalJWKSet(JSON.parse(jwks)));
    return check('signature', true, `${alg} by key ${kid} of the published set`);
  } catch (error) {
    return check('signature', false, (error as Error).message);
  }
}

/** at_hash: the left half of the token's hash, by the hash of the signature algorithm. */
function halfHashOf(token: string, algorithm: string): string {
  const bits = /\d{3}$/.exec(algorithm)?.[0] ?? '512';
  const digest = createHash(`sha${bits}`).update(token, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}

function isJwt(token: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

function decode(token: string, claims: JWTPayload): Pick<DecodedToken, 'header' | 'claims'> {
  return {
    header: JSON.stringify(decodeProtectedHeader(token), null, 2),
    claims: JSON.stringify(claims, null, 2),
  };
}

function check(name: string, passed: boolean, detail: string): Check {
  return { name, passed, detail };
}
