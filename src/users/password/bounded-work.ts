/** Raised for work that finds every place taken and the queue full. The caller may try again a moment later. */
export class TooMuchWorkError extends Error {
  constructor() {
    super('Every place is taken and the queue is full');
  }
}

/** Limits how much work is done at once. A short queue waits in the order in which it came. */
export class BoundedWork {
  readonly #queue: (() => void)[] = [];
  #places: number;

  constructor(
    atOnce: number,
    private readonly waiting: number,
  ) {
    this.#places = atOnce;
  }

  /** True when work that comes now finds a place or room in the queue. */
  get hasRoom(): boolean {
    return this.#places > 0 || this.#queue.length < this.waiting;
  }

  /** Does the work as soon as there is a place. Raises TooMuchWorkError where too many wait already. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.#place();
    try {
      return await work();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#places++;
      else next();
    }
  }

  /**
   * Waits for a place. A place that becomes free goes to the work that has waited longest, and not to work that comes
   * just then.
   */
  async #place(): Promise<void> {
    if (this.#places > 0) {
      this.#places--;
      return;
    }
    if (!this.hasRoom) throw new TooMuchWorkError();
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }
}
