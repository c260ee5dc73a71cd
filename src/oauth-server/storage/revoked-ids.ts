const FIRST_SLOTS = 2 ** 14;
/** The length of a slot in 32-bit words: four for the id, one for the second of expiry. */
const WORDS = 5;
/** The factor by which a full table grows. */
const GROWTH = 1.5;
/** The share of slots that may be in use; with more of them a look-up takes too many steps. */
const MAX_LOAD = 0.8;

/** An id as four words of 32 bits. */
type Words = readonly [number, number, number, number];

/**
 * Uuids with the second in which each expires, in 20 bytes of one typed array each: a Map of texts takes six times as
 * much. A hash table of open addressing whose hash is the id itself, since every id in it is random. Whatever has expired
 * is left out whenever the table is made anew, which is when it is full.
 */
export class RevokedIds {
  #slots = FIRST_SLOTS;
  #table = new Uint32Array(FIRST_SLOTS * WORDS);
  #size = 0;

  /** How many ids are held, those included that have expired since the table was made. */
  get size(): number {
    return this.#size;
  }

  /** The bytes that the table takes. */
  get byteLength(): number {
    return this.#table.byteLength;
  }

  /** Makes room for so many ids, so that the table need not grow step by step; `now` in seconds. */
  reserve(ids: number, now: number): void {
    const slots = Math.ceil(ids / MAX_LOAD) + 1;
    if (slots <= this.#slots) return;
    this.#slots = slots;
    this.#makeAnew(now);
  }

  /** True for an id that was added; false for a text that is no uuid. */
  has(id: string): boolean {
    if (this.#size === 0) return false;
    const words = wordsOf(id);
    return words !== undefined && this.#table[this.#slotOf(...words) * WORDS + 4] !== 0;
  }

  /** Adds an id, to be kept at least until its second of expiry; `now` in seconds. A text that is no uuid is left out. */
  add(id: string, expirySeconds: number, now: number): void {
    const words = wordsOf(id);
    if (words !== undefined) this.#add(...words, expirySeconds, now);
  }

  /** Adds ids that PostgreSQL packed: 16 bytes of the id and four of its second of expiry, big-endian, one after the other. */
  addPacked(packed: Buffer, now: number): void {
    for (let at = 0; at + 20 <= packed.length; at += 20) {
      const [one, two] = [packed.readUInt32BE(at), packed.readUInt32BE(at + 4)];
      const [three, four] = [packed.readUInt32BE(at + 8), packed.readUInt32BE(at + 12)];
      this.#add(one, two, three, four, packed.readUInt32BE(at + 16), now);
    }
  }

  #add(one: number, two: number, three: number, four: number, expirySeconds: number, now: number): void {
    if (this.#size >= this.#slots * MAX_LOAD) this.#makeAnew(now);
    const table = this.#table;
    const at = this.#slotOf(one, two, three, four) * WORDS;
    const known = word(table, at + 4);
    if (known === 0) {
      table[at] = one;
      table[at + 1] = two;
      table[at + 2] = three;
      table[at + 3] = four;
      this.#size += 1;
    }
    table[at + 4] = Math.max(known, expirySeconds, 1);
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #slotOf(one: number, two: number, three: number, four: number): number {
    const table = this.#table;
    for (let slot = one % this.#slots; ; slot = slot + 1 === this.#slots ? 0 : slot + 1) {
      const at = slot * WORDS;
      if (table[at + 4] === 0) return slot;
      if (table[at] === one && table[at + 1] === two && table[at + 2] === three && table[at + 3] === four) return slot;
    }
  }

  /** Makes the table anew, at most half full, so that this is not needed again soon. */
  #makeAnew(now: number): void {
    const old = this.#table;
    let living = 0;
    for (let at = 4; at < old.length; at += WORDS) if (word(old, at) > now) living += 1;
    while (living > this.#slots / 2) this.#slots = Math.ceil(this.#slots * GROWTH);
    this.#table = new Uint32Array(this.#slots * WORDS);
    this.#size = 0;
    for (let at = 0; at < old.length; at += WORDS) {
      const expiry = word(old, at + 4);
      if (expiry > now) this.#add(word(old, at), word(old, at + 1), word(old, at + 2), word(old, at + 3), expiry, now);
    }
  }
}

/** Undefined for a text that is no uuid. */
function wordsOf(id: string): Words | undefined {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id)) return undefined;
  const hex = id.replaceAll('-', '');
  return [wordIn(hex, 0), wordIn(hex, 8), wordIn(hex, 16), wordIn(hex, 24)];
}

function wordIn(hex: string, from: number): number {
  return Number.parseInt(hex.slice(from, from + 8), 16);
}

function word(table: Uint32Array, at: number): number {
  return table[at] ?? 0;
}
