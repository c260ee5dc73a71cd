import { hash, randomBytes } from 'node:crypto';

const WEEK_MILLISECONDS = 7 * 86_400_000;
const MONTH_MILLISECONDS = 30 * 86_400_000;

/** A random token that names the partition of its row. */
export function newToken(kind: string, period: number): string {
  return `gate_${kind}_${period.toString(36)}_${randomBytes(32).toString('base64url')}`;
}

/** The partition that a token names, and the SHA-256 by which its row is found. */
export function keyOf(token: string): [period: number, digest: Buffer] {
  return [Number.parseInt(token.split('_', 3)[2] ?? '', 36), hash('sha256', token, 'buffer')];
}

/** The partition of a code or access token. */
export function weekOf(expiresAt: Date): number {
  return Math.floor(expiresAt.getTime() / WEEK_MILLISECONDS);
}

/** The partition of a refresh token or token family. */
export function monthOf(expiresAt: Date): number {
  return Math.floor(expiresAt.getTime() / MONTH_MILLISECONDS);
}
