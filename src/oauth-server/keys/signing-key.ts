import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import type { SigningAlgorithm } from './jws.js';

/** A signing key in memory. */
export interface SigningKey {
  /** The RFC 7638 thumbprint of the key. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly stage: 'next' | 'current' | 'previous';
  /** Since when the key is in its stage: published, signing, or kept for what it signed. */
  readonly since: Date;
  /** The public key with `kid`, `alg` and `use`, as /oauth/jwks shows it. */
  readonly publicJwk: JWK;
  readonly publicKey: KeyObject;
  /** Undefined for a previous key, which only verifies, and for one that no key of the ring opens. */
  readonly privateKey: KeyObject | undefined;
}
