/** Does work of one name in turn, in the order in which it came, within this process. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does the work when everything of this name that came before it is over, however that ended. */
  take<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const result = before.then(work);
    const over = result
      .catch(() => undefined)
      .then(() => {
        if (this.#last.get(name) === over) this.#last.delete(name);
      });
    this.#last.set(name, over);
    return result;
  }
}
