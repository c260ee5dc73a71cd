/** One thing wrong with a setting. All faults of a start are listed together. */
export interface ConfigFault {
  /** The environment variable. */
  readonly name: string;
  /** What is wrong, as the rest of a sentence that begins with the name, without full stop; never repeats a secret. */
  readonly problem: string;
  /** What to do about it, as an order without full stop. */
  readonly fix: string;
}

/** The settings of a start are wrong; the message lists all that is, and how to mend each. */
export class ConfigFaultsError extends Error {
  override readonly name = 'ConfigFaultsError';

  constructor(readonly faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? 'one setting is' : `${faults.length} settings are`;
    const list = faults.map(({ name, problem, fix }) => `\n  ${name} ${problem}\n    → ${fix}\n`);
    super(`Gatehouse cannot start: ${count} wrong.\n${list.join('')}`);
  }
}
