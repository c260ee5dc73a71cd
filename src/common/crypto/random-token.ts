import { hash, randomFillSync } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a random token is for, as its prefix shows it to a person or a secret scanner. */
export type TokenKind = 'at' | 'rt' | 'ac' | 'ss' | 'cs';

const RANDOM_BYTES = 32;
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

/** SHA-256 of a token, the only form in which one is stored; enough because a token carries 256 random bits. */
export function digestOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

/**
 * A fresh token: `gate_<kind>_<period>_<random><checksum>`. The period (base 36) names the partition that holds its
 * row; the checksum lets a typo or a false find of a secret scanner be told without a query.
 */
export function createToken(kind: TokenKind, period: number): string {
  const body = `gate_${kind}_${period.toString(36)}_${randomText()}`;
  return body + checksumOf(body);
}

/** The period of a well-formed token of this kind; undefined for anything else, so that no query is made for it. */
export function periodOfToken(kind: TokenKind, token: string): number | undefined {
  const [, body, period, checksum] = /^(gate_\w\w_([0-9a-z]{1,5})_[\w-]{43})([0-9a-z]{7})$/.exec(token) ?? [];
  if (body === undefined || period === undefined || !body.startsWith(`gate_${kind}_`)) return undefined;
  return checksum === checksumOf(body) ? Number.parseInt(period, 36) : undefined;
}

function checksumOf(body: string): string {
  return crc32(body).toString(36).padStart(7, '0');
}
