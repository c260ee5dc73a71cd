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

/** The parts of a compact JWS (RFC 7515 section 7.1), read but not verified. */
export interface CompactJws {
  readonly header: Readonly<Record<string, unknown>>;
  /** The text that the signature covers: header and payload, each in base64url. */
  readonly input: string;
  /** The payload in base64url, to be decoded once the signature is verified. */
  readonly payload: string;
  readonly signature: Buffer;
}

/** The input of a signature: header and payload, each as base64url of its JSON. */
export function jwsInput(header: object, payload: object): string {
  return `${encode(header)}.${encode(payload)}`;
}

/**
 * Reads the parts of a compact JWS. Undefined for any other text, and for a signature that is not in canonical
 * base64url, so that one token has one spelling.
 */
export function readCompactJws(text: string): CompactJws | undefined {
  const [, input, encodedHeader, payload, encodedSignature] = /^(([\w-]+)\.([\w-]+))\.([\w-]+)$/.exec(text) ?? [];
  if (!input || !encodedHeader || !payload || !encodedSignature) return undefined;
  const header = decodeObject(encodedHeader);
  const signature = Buffer.from(encodedSignature, 'base64url');
  if (header === undefined || signature.toString('base64url') !== encodedSignature) return undefined;
  return { header, input, payload, signature };
}

/** The JSON object behind base64url; undefined for anything else. */
export function decodeObject(encoded: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
