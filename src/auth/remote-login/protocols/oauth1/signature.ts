import { createHash, createHmac, sign } from 'node:crypto';
import type { SignatureMethod } from '../../settings/remote-app-settings.js';

/** What a client signs with. */
export interface SigningSecrets {
  readonly method: SignatureMethod;
  readonly clientSecret: string;
  /** The shared secret of the temporary or token credentials; empty before there are any. */
  readonly tokenSecret: string;
  /** The client's private RSA key as PEM; needed for the methods by RSA. */
  readonly rsaKey: string | undefined;
}

/** A parameter, decoded. */
export type Parameter = readonly [name: string, value: string];

/**
 * The signature base string (RFC 5849 section 3.4.1). `parameters` are all that are signed besides those in the URL's
 * query: those of the protocol, and those of a form body.
 */
export function signatureBaseString(method: string, url: URL, parameters: readonly Parameter[]): string {
  const signed = [...url.searchParams, ...parameters].map(([name, value]) => [encode(name), encode(value)] as const);
  const normalized = signed
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return [method.toUpperCase(), `${url.origin}${url.pathname}`, normalized].map(encode).join('&');
}

/** The signature of a base string (RFC 5849 sections 3.4.2 to 3.4.4). */
export function signatureOf(baseString: string, secrets: SigningSecrets): string {
  const { method, clientSecret, tokenSecret, rsaKey = '' } = secrets;
  const key = `${encode(clientSecret)}&${encode(tokenSecret)}`;
  if (method === 'PLAINTEXT') return key;
  const hash = hashOf(method);
  if (method.startsWith('RSA')) return sign(hash, Buffer.from(baseString), rsaKey).toString('base64');
  return createHmac(hash, key).update(baseString).digest('base64');
}

/**
 * `oauth_body_hash` of a body that is no form (OAuth Request Body Hash 1.0 section 3.2); undefined for PLAINTEXT, which
 * signs nothing.
 */
export function bodyHashOf(body: string, method: SignatureMethod): string | undefined {
  return method === 'PLAINTEXT' ? undefined : createHash(hashOf(method)).update(body).digest('base64');
}

/** Percent-encoding of all but letters, digits, `-`, `.`, `_` and `~` (RFC 5849 section 3.6). */
export function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function hashOf(method: SignatureMethod): 'sha1' | 'sha256' {
  return method.endsWith('SHA256') ? 'sha256' : 'sha1';
}

/** By the bytes of the encoded texts, which are ASCII. */
function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
