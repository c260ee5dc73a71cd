import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from './remote-app-settings.js';

/** The algorithms that a key of each kind signs with, the usual one first (RFC 7518 section 3.1, RFC 8037 section 3.1). */
const ALGORITHMS: Readonly<Record<string, readonly SigningAlgorithm[]>> = {
  rsa: ['RS256', 'PS256'],
  'ec prime256v1': ['ES256'],
  'ec secp384r1': ['ES384'],
  'ec secp521r1': ['ES512'],
  ed25519: ['EdDSA'],
};

/**
 * Reads a private key, PKCS #8 in PEM or a JWK in JSON (RFC 7517); undefined for anything else, and for a key that no
 * algorithm here takes. A PEM may have its line breaks written as `\\n`, as in variables that hold one line.
 */
export function readPrivateKey(text: string): KeyObject | undefined {
  try {
    const key = text.trim().startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' })
      : createPrivateKey(text.replaceAll('\\n', '\n'));
    return algorithmOf(key) && key;
  } catch {
    return undefined;
  }
}

/** The algorithm that is wished for, where the key can sign with it, or else the usual one of such keys. */
export function algorithmOf(key: KeyObject, wished?: SigningAlgorithm): SigningAlgorithm | undefined {
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details = {} } = key;
  const [usual, ...others] = ALGORITHMS[[type, details.namedCurve].filter(Boolean).join(' ')] ?? [];
  return others.find((algorithm) => algorithm === wished) ?? usual;
}
