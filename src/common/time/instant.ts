/** Whole seconds since the epoch, as JWT claims and introspection tell a time (NumericDate, RFC 7519 section 2). */
export function epochSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}

/** The instant so many seconds later; earlier for a negative number. */
export function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
