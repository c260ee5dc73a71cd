/** A map that forgets: its oldest entries beyond a size, and every entry after a time. */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, { value: Value; staleAt: number }>();

  constructor(
    private readonly maxEntries: number,
    private readonly maxAgeMilliseconds: number,
  ) {}

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.staleAt > performance.now()) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, staleAt: performance.now() + this.maxAgeMilliseconds });
    if (this.#entries.size <= this.maxEntries) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      break;
    }
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
