const SPACE = /[ \t\r\n]*/y;
/**
 * A JSON string, for example `"a\n"`. Control characters below U+0020 must be escaped; U+007F to U+009F may stand as
 * they are.
 */
const STRING = /"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/uy;
/** A number or a word of JSON, for example `-1.5e3` or `null`. */
const OTHER_SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * The place at which a text stops being JSON (RFC 8259), as line and column from 1; undefined for a text that is JSON.
 * JSON.parse tells the place in its message only sometimes.
 */
export function findJsonSyntaxFault(text: string): { line: number; column: number } | undefined {
  let offset = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = offset;
    if (!pattern.test(text)) return false;
    offset = pattern.lastIndex;
    return true;
  };
  const between = (pattern: RegExp): boolean => take(SPACE) && take(pattern) && take(SPACE);
  const list = (item: () => boolean, end: RegExp): boolean => {
    if (between(end)) return true;
    do if (!item()) return false;
    while (between(/,/y));
    return between(end);
  };
  const member = (): boolean => between(STRING) && between(/:/y) && value();
  const value = (): boolean => {
    if (between(/\{/y)) return list(member, /\}/y);
    if (between(/\[/y)) return list(value, /\]/y);
    return between(STRING) || between(OTHER_SCALAR);
  };
  if (value() && offset === text.length) return undefined;
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
