/**
 * How many milliseconds to wait before the next try after so many failures in a row: twice as long each time up to the
 * longest, and of that a random part from half to the whole, so that many nodes do not come back in one moment.
 */
export function backOffMilliseconds(failures: number, firstMilliseconds: number, longestMilliseconds: number): number {
  const whole = Math.min(firstMilliseconds * 2 ** (failures - 1), longestMilliseconds);
  return Math.round(whole * (0.5 + Math.random() / 2));
}
