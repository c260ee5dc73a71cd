/** Work that finds every place taken and the queue full; whoever wants it done asks again a moment later. */
export class TooMuchWorkError extends Error {
  constructor() {
    super('Every place is taken and the queue is full');
  }
}

/** Does so much work at once and no more; a short queue waits for it in the order in which it came. */
export class BoundedWork {
  readonly #queue: (() => void)[] = [];
  #places: number;

  constructor(
    atOnce: number,
    private readonly waiting: number,
  ) {
    this.#places = atOnce;
  }

  /** Whether work that comes now is done. */
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

  /** A place that becomes free goes to who waits longest, and to nobody who comes just then. */
  async #place(): Promise<void> {
    if (this.#places > 0) {
      this.#places--;
      return;
    }
    if (!this.hasRoom) throw new TooMuchWorkError();
    await new Promise<void>((resolve) => this.#queue.push(resolve));
  }
}
