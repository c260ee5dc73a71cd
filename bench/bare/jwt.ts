import { generateKeyPairSync, hash, sign, verify } from 'node:crypto';

/** The claims that this server looks at. */
export interface Claims {
  readonly sub: string;
  readonly exp: number;
}

const MAX_REMEMBERED = 10_000;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const headers = { 'at+jwt': encode({ typ: 'at+jwt', alg: 'ES256' }), JWT: encode({ typ: 'JWT', alg: 'ES256' }) };
const remembered = new Map<string, Claims>();

/** A JWT signed with ES256, on the main thread. */
export function signJwt(type: keyof typeof headers, claims: Claims & Record<string, unknown>): string {
  const input = `${headers[type]}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** The claims of a JWT that this server signed and that is not expired; a signature is verified once. */
export function readJwt(jwt: string): Claims | undefined {
  const digest = hash('sha256', jwt, 'base64url');
  const claims = remembered.get(digest) ?? verifyJwt(jwt, digest);
  return claims !== undefined && claims.exp > Date.now() / 1000 ? claims : undefined;
}

function verifyJwt(jwt: string, digest: string): Claims | undefined {
  const [, input = '', payload = '', signature = ''] = /^([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(jwt) ?? [];
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  if (!verify('sha256', Buffer.from(input), key, Buffer.from(signature, 'base64url'))) return undefined;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  if (remembered.size === MAX_REMEMBERED) remembered.clear();
  remembered.set(digest, claims);
  return claims;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
