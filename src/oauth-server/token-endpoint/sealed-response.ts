import { createHmac } from 'node:crypto';
import { decrypt, encrypt } from '../../common/crypto/aes-gcm.js';
import type { TokenResponse } from './grant.js';

/** Seals a response under a key derived from the token that was spent for it: only that token's holder can open it. */
export function sealResponse(response: TokenResponse, spentToken: string): Buffer {
  return encrypt(keyOf(spentToken), JSON.stringify(response));
}

/** Opens what `sealResponse` made for the same token. */
export function openResponse(sealed: Buffer, spentToken: string): TokenResponse {
  return JSON.parse(decrypt(keyOf(spentToken), sealed).toString('utf8')) as TokenResponse;
}

/** The database has the token's SHA-256 only, from which this key cannot be made. */
function keyOf(token: string): Buffer {
  return createHmac('sha256', token).update('gatehouse token response').digest();
}
