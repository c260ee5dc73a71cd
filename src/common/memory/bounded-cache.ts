/** A map that forgets: the entries used longest ago beyond a size, and every entry after a time. */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, { value: Value; staleAt: number }>();

  constructor(
    private readonly maxEntries: number,
    private readonly maxAgeMilliseconds: number,
  ) {}

  /** The value of a key; undefined when it was never kept or is too old. Asking for a value counts as using it. */
  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.staleAt <= performance.now()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Keeps a value from now on. Where there are too many, the value used longest ago is forgotten. */
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
