/** One thing wrong with a setting. All faults of a start are listed together. */
export interface ConfigFault {
  /** The environment variable. */
  readonly name: string;
  /**
   * The problem, as the rest of a sentence that begins with the name, without full stop, for example `must be a URL`.
   * Never repeats a secret.
   */
  readonly problem: string;
  /** The fix, as an order without full stop, for example `Set it to …`. */
  readonly fix: string;
}

/** The settings of a start are wrong. The message lists every fault with its fix. */
export class ConfigFaultsError extends Error {
  override readonly name = 'ConfigFaultsError';

  constructor(readonly faults: readonly ConfigFault[]) {
    const count = faults.length === 1 ? 'one setting is' : `${faults.length} settings are`;
    const list = faults.map(({ name, problem, fix }) => `\n  ${name} ${problem}\n    → ${fix}\n`);
    super(`Gatehouse cannot start: ${count} wrong.\n${list.join('')}`);
  }
}
