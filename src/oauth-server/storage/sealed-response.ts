import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from '../../common/crypto/aes-gcm.js';

/** Seals a response under a key derived from the token that was spent for it: only that token's holder can open it. */
export function sealResponse(response: object, spentToken: string): Buffer {
  return encrypt(keyOf(spentToken), JSON.stringify(response));
}

/** Opens what `sealResponse` made for the same token. The caller knows the shape. Throws for any other token. */
export function openResponse<Response extends object>(sealed: Buffer, spentToken: string): Response {
  return JSON.parse(decrypt(keyOf(spentToken), sealed).toString('utf8')) as Response;
}

/** The database has the token's SHA-256 only, from which this key cannot be made. */
function keyOf(token: string): Buffer {
  return createHmac('sha256', token).update('gatehouse token response').digest();
}
