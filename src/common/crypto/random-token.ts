import { hash, randomBytes, randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The least and the usual random part of a token: 256 bits. */
export const RANDOM_BYTES = 32;

/** The largest random part of a token. */
export const MAX_RANDOM_BYTES = 128;
const CHECKSUM_LENGTH = 7;
const pool = Buffer.alloc(RANDOM_BYTES * 128);
let poolOffset = pool.length;

/** 256 random bits as base64url (43 characters), from a pool that is filled for many at once. */
export function randomText(): string {
  if (poolOffset === pool.length) {
    randomFillSync(pool);
    poolOffset = 0;
  }
  const end = poolOffset + RANDOM_BYTES;
  const text = pool.toString('base64url', poolOffset, end);
  pool.fill(0, poolOffset, end);
  poolOffset = end;
  return text;
}

/**
 * SHA-256 of a token, the only form in which tokens are stored. No slow hash is needed, because a token carries 256
 * random bits.
 */
export function digestOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/**
 * A fresh token: prefix, period in base 36, `_`, random text, checksum; for example `gate_rt_k2_…`. The period names
 * the partition that holds the token's row; the checksum lets a typo or a false find of a secret scanner be told
 * without a query.
 */
export function createToken(prefix: string, period: number, bytes = RANDOM_BYTES): string {
  const random = bytes === RANDOM_BYTES ? randomText() : randomBytes(bytes).toString('base64url');
  const body = `${prefix}${period.toString(36)}_${random}`;
  return body + checksumOf(body);
}

/** The period of a well-formed token with this prefix; undefined for anything else, so that no query is made for it. */
export function periodOfToken(prefix: string, token: string): number | undefined {
  if (!token.startsWith(prefix)) return undefined;
  const [, period] = /^([0-9a-z]{1,5})_[\w-]{43,171}[0-9a-z]{7}$/.exec(token.slice(prefix.length)) ?? [];
  if (period === undefined || token.slice(-CHECKSUM_LENGTH) !== checksumOf(token.slice(0, -CHECKSUM_LENGTH)))
    return undefined;
  return Number.parseInt(period, 36);
}

function checksumOf(body: string): string {
  return crc32(body).toString(36).padStart(CHECKSUM_LENGTH, '0');
}
