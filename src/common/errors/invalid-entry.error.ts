/** One thing wrong with an entry: the path of the member, and the rest of a sentence about it. */
export interface EntryFault {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

/** What an application gave to be stored breaks the rules. The message tells every fault with its member; nothing was stored. */
export class InvalidEntryError extends Error {
  override readonly name = 'InvalidEntryError';

  constructor(readonly faults: readonly EntryFault[]) {
    super(faults.map(({ path, problem }) => `${path.join('.')} ${problem}`.trim()).join('; '));
  }
}
