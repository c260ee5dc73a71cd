import { isRowFault } from './database-fault.js';

const MAX_ITEMS = 256;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Work that costs little more for many items than for one, such as a statement: items that come in the same turn of the
 * event loop are done together. Where PostgreSQL refuses one of them, the others are done without it: it is looked for
 * half by half.
 */
export class Batch<Item, Result> {
  #waiting: Waiting<Item, Result>[] = [];

  /** `work` gives a result for each item, in their order. */
  constructor(private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>) {}

  /** The result for one item. Raises what the work raises for the item. */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) setImmediate(() => this.#start());
      this.#waiting.push({ item, resolve, reject });
      if (this.#waiting.length === MAX_ITEMS) this.#start();
    });
  }

  #start(): void {
    const batch = this.#waiting;
    if (batch.length === 0) return;
    this.#waiting = [];
    void this.#run(batch);
  }

  async #run(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, index) => {
        resolve(results[index] as Result);
      });
    } catch (error) {
      if (batch.length > 1 && isRowFault(error)) {
        const middle = Math.ceil(batch.length / 2);
        await this.#run(batch.slice(0, middle));
        await this.#run(batch.slice(middle));
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }
}
