/** One thing wrong with a setting. All faults of a start are listed together. */
export interface ConfigFault {
  /** The environment variable. */
  readonly name: string;
  /** What is wrong, as the rest of a sentence that begins with the name, without full stop; never repeats a secret. */
  readonly problem: string;
  /** What to do about it, as an order without full stop. */
  readonly fix: string;
}
