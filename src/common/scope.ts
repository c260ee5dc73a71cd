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
