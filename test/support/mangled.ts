/** One to four characters of the text changed, cut out, doubled or added at random places. */
export function mangled(text: string, random: () => number): string {
  const alphabet = ' \t!"#$%&\'()*+,-./09:;<=>?@AZ[\\]^_`az{|}~é';
  let result = text;
  for (let edits = 1 + Math.floor(random() * 4); edits > 0; edits--) {
    const at = Math.floor(random() * result.length);
    const character = alphabet[Math.floor(random() * alphabet.length)] ?? '';
    const length = Math.floor(random() * 3) * Math.floor(random() * 40);
    result = result.slice(0, at) + character + result.slice(at + length + Math.floor(random() * 2));
  }
  return result === text ? `${text}.` : result.trim();
}

/** Random numbers between 0 and 1 from a seed, the same in every run (the generator mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
