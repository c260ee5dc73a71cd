import { Injectable, type Logger, type OnApplicationShutdown } from '@nestjs/common';

const PERIOD_MILLISECONDS = 60_000;
const WHOLE_LINES = 10;
/**
 * How many kinds of lines are told apart in one period. Further kinds count as one, so that memory stays bounded
 * whatever strangers send.
 */
const MAX_KINDS = 200;
const OTHERS = 'Lines of other kinds';

interface Kind {
  readonly write: (line: string) => void;
  lines: number;
}

/**
 * Keeps the log readable through a flood of lines that strangers can cause at will. Of each kind of line, the first ten
 * in a minute are written as they are, and at its end one line says how many more there were.
 */
@Injectable()
export class ReadableLog implements OnApplicationShutdown {
  readonly #kinds = new Map<string, Kind>();
  #end: NodeJS.Timeout | undefined;

  /**
   * Logs a warning. `kind` is the text that the lines of a flood have in common; it must hold no free text of a
   * request.
   */
  warn(logger: Logger, kind: string, line: string): void {
    if (this.#isAdmitted(kind, (summary) => logger.warn(summary))) logger.warn(line);
  }

  /** Logs a fault of ours with its stack, by the same rule. */
  error(logger: Logger, kind: string, line: string, stack: string | undefined): void {
    if (this.#isAdmitted(kind, (summary) => logger.error(summary))) logger.error(line, stack);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#end);
    this.#summarise();
  }

  #isAdmitted(kind: string, write: (line: string) => void): boolean {
    const counted = this.#kinds.has(kind) || this.#kinds.size < MAX_KINDS ? kind : OTHERS;
    const known = this.#kinds.get(counted) ?? { write, lines: 0 };
    known.lines += 1;
    this.#kinds.set(counted, known);
    this.#end ??= setTimeout(() => this.#summarise(), PERIOD_MILLISECONDS).unref();
    return known.lines <= WHOLE_LINES;
  }

  #summarise(): void {
    this.#end = undefined;
    const kinds = [...this.#kinds];
    this.#kinds.clear();
    for (const [kind, { write, lines }] of kinds) {
      if (lines > WHOLE_LINES) write(`${kind}: ${lines - WHOLE_LINES} more within a minute`);
    }
  }
}
