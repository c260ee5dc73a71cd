/**
 * Marks that turn the direction of the text around them, for example U+202E, and characters that show nothing at all.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;
/**
 * The third and further marks on one letter, which pile up over the lines around it: the last of `a\u0301\u0301\u0301`.
 */
const PILED_MARKS = /(\p{M}{2})\p{M}+/gu;

/**
 * A name that somebody else chose, fit to stand in a sentence of ours: on one line, without control, direction and
 * invisible characters, and cut at `maxLetters`.
 */
export function displayName(text: string, maxLetters = 60): string {
  const line = text.replace(INVISIBLE, ' ').replace(PILED_MARKS, '$1').replace(/\s+/gu, ' ').trim();
  const letters = [...line];
  return letters.length <= maxLetters
    ? line
    : `${letters
        .slice(0, maxLetters - 1)
        .join('')
        .trimEnd()}…`;
}
