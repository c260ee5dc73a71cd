import { createHash, timingSafeEqual } from 'node:crypto';

/** A code challenge method of RFC 7636 section 4.2. */
export type CodeChallengeMethod = 'S256' | 'plain';

/** The S256 challenge of a verifier (RFC 7636 section 4.2). */
export function s256Challenge(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}

/** True for the syntax that RFC 7636 section 4.1 gives to a verifier: 43 to 128 unreserved characters. */
export function isCodeVerifier(text: string): boolean {
  return /^[A-Za-z0-9._~-]{43,128}$/.test(text);
}

/** Compares the verifier with the stored challenge in constant time (RFC 7636 section 4.6). */
export function verifierMatches(verifier: string, challenge: string, method: CodeChallengeMethod): boolean {
  const computed = Buffer.from(method === 'S256' ? s256Challenge(verifier) : verifier);
  const stored = Buffer.from(challenge);
  return computed.length === stored.length && timingSafeEqual(computed, stored);
}
