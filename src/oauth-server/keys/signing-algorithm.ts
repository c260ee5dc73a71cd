import { constants, generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** A JWS algorithm that this server signs with (RFC 7518 section 3.1; EdDSA with Ed25519, RFC 8037 section 3.1). */
export type SigningAlgorithm = 'ES256' | 'RS256' | 'EdDSA' | 'PS256';

interface Algorithm {
  readonly generate: () => Promise<{ privateKey: KeyObject; publicKey: KeyObject }>;
  /** The hash that node:crypto applies before it signs; null where the algorithm hashes by itself. */
  readonly digest: 'sha256' | null;
  readonly options: { dsaEncoding?: 'ieee-p1363'; padding?: number; saltLength?: number };
}

const generate = promisify(generateKeyPair);
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const ALGORITHMS: Readonly<Record<SigningAlgorithm, Algorithm>> = {
  ES256: {
    generate: () => generate('ec', { namedCurve: 'P-256' }),
    digest: 'sha256',
    options: { dsaEncoding: 'ieee-p1363' },
  },
  RS256: { generate: () => generate('rsa', { modulusLength: 2048 }), digest: 'sha256', options: {} },
  EdDSA: { generate: () => generate('ed25519'), digest: null, options: {} },
  PS256: { generate: () => generate('rsa', { modulusLength: 2048 }), digest: 'sha256', options: PSS },
};

/** Every algorithm for which there is always a key. */
export const SIGNING_ALGORITHMS = Object.keys(ALGORITHMS) as readonly SigningAlgorithm[];

/** Makes a key pair for the algorithm, on the thread pool. */
export function generateSigningKey(
  algorithm: SigningAlgorithm,
): Promise<{ privateKey: KeyObject; publicKey: KeyObject }> {
  return ALGORITHMS[algorithm].generate();
}

/** Signs on the caller's thread, which costs less than a trip to the thread pool. */
export function signatureOf(algorithm: SigningAlgorithm, input: string, key: KeyObject): Buffer {
  const { digest, options } = ALGORITHMS[algorithm];
  return sign(digest, Buffer.from(input), { key, ...options });
}

/** True when the signature over the input was made with the private half of the key. */
export function isSignatureOf(algorithm: SigningAlgorithm, input: string, key: KeyObject, signature: Buffer): boolean {
  const { digest, options } = ALGORITHMS[algorithm];
  return verify(digest, Buffer.from(input), { key, ...options }, signature);
}
