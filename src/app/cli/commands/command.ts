import type { Operator } from '../operator.js';

/** What an operator has the program do in the place of starting the server. */
export interface Command {
  /** The words by which it is called, a noun and a verb, or one word where there is one thing only: `keys rotate`. */
  readonly words: string;
  /** What follows the words, such as `<kid>`; absent: nothing. */
  readonly parameter?: string;
  /** What it does, as the list of commands says it. */
  readonly summary: string;
  /** Does it, and gives the lines to print. */
  run(operator: Operator, parameter: string): Promise<readonly string[]>;
}
