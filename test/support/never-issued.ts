import { createToken } from '../../src/common/crypto/random-token.js';

/** A token of this kind that is well-formed, checksum and all, and that nobody was given. */
export function neverIssued(kind: 'at' | 'rt' | 'ac' | 'ss' | 'cs', period: number): string {
  return createToken(`gate_${kind}_`, period);
}
