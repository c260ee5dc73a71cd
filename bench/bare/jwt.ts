import { generateKeyPairSync, type JsonWebKey, sign, verify } from 'node:crypto';

/** The claims that this server looks at. */
export interface Claims {
  readonly sub: string;
  readonly exp: number;
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const headers = { 'at+jwt': encode({ typ: 'at+jwt', alg: 'ES256' }), JWT: encode({ typ: 'JWT', alg: 'ES256' }) };

/** The public key that the signatures are made for. */
export const publicJwk: JsonWebKey = publicKey.export({ format: 'jwk' });

/** A JWT signed with ES256, on the main thread. */
export function signJwt(type: keyof typeof headers, claims: Claims & Record<string, unknown>): string {
  const input = `${headers[type]}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** The claims of a JWT that this server signed and that is not expired; each signature is verified. */
export function readJwt(jwt: string): Claims | undefined {
  const [, input = '', payload = '', signature = ''] = /^([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(jwt) ?? [];
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(input), key, Buffer.from(signature, 'base64url'))) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  return claims.exp > Date.now() / 1000 ? claims : undefined;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
