import { jest } from '@jest/globals';
import { Logger, type LogLevel } from '@nestjs/common';

/** What is written to the log at some levels, a line each as `level text`; it is heard and not written. */
export class LogLines {
  readonly lines: string[] = [];
  readonly #spies: { mockRestore(): void }[] = [];

  private constructor(levels: readonly Exclude<LogLevel, 'fatal'>[]) {
    for (const level of levels) {
      const hear = (text: unknown) => void this.lines.push(`${level} ${text}`);
      this.#spies.push(jest.spyOn(Logger.prototype, level).mockImplementation(hear));
    }
  }

  static of(...levels: Exclude<LogLevel, 'fatal'>[]): LogLines {
    return new LogLines(levels);
  }

  restore(): void {
    for (const spy of this.#spies) spy.mockRestore();
  }
}
