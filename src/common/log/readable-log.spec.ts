import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ReadableLog } from './readable-log.js';

describe('A log in a flood', () => {
  let lines: string[];
  let log: ReadableLog;
  const logger = new Logger('Test');

  beforeEach(() => {
    jest.useFakeTimers();
    lines = [];
    log = new ReadableLog();
    for (const level of ['warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((text: unknown) => void lines.push(`${level} ${text}`));
    }
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const flood = (kind: string, count: number) => {
    for (let number = 1; number <= count; number++) log.warn(logger, kind, `${kind} ${number}`);
  };

  it('A log in a flood has ten whole lines of each kind in a minute, and at its end how many more there were', () => {
    flood('tokens', 1000);
    flood('pages', 11);
    flood('seldom', 10);
    expect(lines).toHaveLength(30);
    jest.advanceTimersByTime(59_999);
    expect(lines).toHaveLength(30);
    jest.advanceTimersByTime(1);
    expect(lines.slice(30)).toEqual(['warn tokens: 990 more within a minute', 'warn pages: 1 more within a minute']);
    flood('tokens', 3);
    expect(lines.slice(32)).toEqual(['warn tokens 1', 'warn tokens 2', 'warn tokens 3']);
  });

  it('A log in a flood of faults counts them with the level of faults', () => {
    for (let number = 0; number < 12; number++) log.error(logger, 'fault', 'it broke', 'stack');
    jest.advanceTimersByTime(60_000);
    expect(lines.slice(9)).toEqual(['error it broke', 'error fault: 2 more within a minute']);
  });

  it('A log in a flood of kinds counts those beyond two hundred as one', () => {
    for (let number = 0; number < 100_000; number++) flood(`kind ${number}`, 1);
    expect(lines).toHaveLength(210);
    jest.advanceTimersByTime(60_000);
    expect(lines.slice(210)).toEqual(['warn Lines of other kinds: 99790 more within a minute']);
  });

  it('A log in a flood tells what it has counted when the application ends', () => {
    flood('tokens', 12);
    log.onApplicationShutdown();
    expect(lines.at(-1)).toBe('warn tokens: 2 more within a minute');
    expect(jest.getTimerCount()).toBe(0);
  });
});
