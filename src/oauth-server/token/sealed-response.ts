import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { TokenResponse } from './grant.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals a response with AES-256-GCM under a key derived from the token that was spent for it: only its holder can open it. */
export function sealResponse(response: TokenResponse, spentToken: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(spentToken), iv);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(response)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

/** Opens what `sealResponse` made for the same token. */
export function openResponse(sealed: Buffer, spentToken: string): TokenResponse {
  const iv = sealed.subarray(0, IV_BYTES);
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(spentToken), iv, { authTagLength: TAG_BYTES }).setAuthTag(tag);
  const opened = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(opened.toString('utf8')) as TokenResponse;
}

/** The database has the token's SHA-256 only, from which this key cannot be made. */
function keyOf(token: string): Buffer {
  return createHmac('sha256', token).update('gatehouse token response').digest();
}
