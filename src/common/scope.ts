import { InvalidScopeError } from './errors/rfc6749.errors.js';

/** The scope tokens of a space-delimited scope value, without repeats (RFC 6749 section 3.3). */
export function parseScope(value: string | undefined): readonly string[] {
  return [...new Set((value ?? '').split(' ').filter((token) => token !== ''))];
}

/** True when the text keeps to the characters and single spaces of RFC 6749 section 3.3. */
export function isScopeSyntax(value: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(value);
}

/** The scope tokens of the first list that the second lacks. */
export function scopesBeyond(asked: readonly string[], held: readonly string[]): readonly string[] {
  return asked.filter((scope) => !held.includes(scope));
}

/**
 * The scopes of a request (RFC 6749 section 3.3): those it names, or all that are allowed where it names none. Spaces
 * around the scopes are ignored, and several between them count as one. Raises InvalidScopeError, which names the
 * scopes that are malformed or not allowed.
 */
export function requestedScopes(scope: string | undefined, allowed: readonly string[]): readonly string[] {
  const requested = parseScope(scope);
  if (requested.length === 0) return allowed;
  if (!isScopeSyntax(requested.join(' '))) {
    throw new InvalidScopeError({ description: 'scope is not a list of scopes with spaces between them' });
  }
  const beyond = scopesBeyond(requested, allowed);
  if (beyond.length > 0) {
    throw new InvalidScopeError({
      description: `Not allowed here: ${beyond.join(' ')}. Allowed: ${allowed.join(' ')}`,
    });
  }
  return requested;
}
