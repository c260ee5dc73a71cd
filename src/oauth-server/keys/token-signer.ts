import { Injectable } from '@nestjs/common';
import type { SigningAlgorithm } from './jws.js';
import { SigningKeys } from './signing-keys.js';

/** The `typ` of JWTs that have a meaning here, which nothing else may carry (RFC 8725 section 3.11). */
const OURS = ['jwt', 'at+jwt'];

/**
 * Signs what a class of the application's makes, such as a token format, with the keys of this server: rotated with
 * them, and verified by anyone at `/oauth/jwks`.
 */
@Injectable()
export class TokenSigner {
  constructor(private readonly keys: SigningKeys) {}

  /**
   * A compact JWS (RFC 7515 section 3.1) of a `typ` of your own, for example `invoice+jwt`. Throws for one of ours, since
   * the text could then be used as an access token or id_token.
   */
  sign(type: string, payload: object, algorithm: SigningAlgorithm = 'ES256'): string {
    const name = type.toLowerCase().replace(/^application\//, '');
    if (OURS.includes(name)) throw new Error(`The type ${type} is that of our own tokens. Sign by another one.`);
    return this.keys.sign(algorithm, { typ: type }, payload);
  }

  /**
   * The payload of a text of this `typ` that one of our keys signed; undefined for anything else, and for a key that is
   * withdrawn.
   */
  verify(type: string, jws: string): Readonly<Record<string, unknown>> | undefined {
    return this.keys.verify(jws, type)?.payload;
  }
}
