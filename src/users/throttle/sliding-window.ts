import { secondsAfter } from '../../common/time/instant.js';
import type { CountedPart, WindowPart } from './login-failure.repository.js';

/** How many parts the window is cut into. Failures leave the window part by part, so that a count is a few rows. */
const PARTS = 15;

/** The longest time that a try takes. A try that is under way for longer has lost its node. */
const LONGEST_TRY_SECONDS = 60;

/** The failures and tries of one count at an instant. */
export interface Count {
  readonly failures: number;
  readonly underWay: number;
}

/**
 * The window of time in which failures count. The window moves along with the clock, and a part counts until the last
 * failure that it may hold is out of the window. So there is no edge around which twice as many failures would fit.
 */
export class SlidingWindow {
  readonly #partSeconds: number;

  constructor(private readonly seconds: number) {
    this.#partSeconds = Math.max(1, Math.ceil(seconds / PARTS));
  }

  /** The part that an instant lies in. */
  partAt(now: Date): WindowPart {
    const milliseconds = this.#partSeconds * 1000;
    const start = new Date(now.getTime() - (now.getTime() % milliseconds));
    return { start, expiresAt: this.#endOfCounting(start) };
  }

  /** The instant after which a part must begin to count. */
  since(now: Date): Date {
    return secondsAfter(now, -this.seconds - this.#partSeconds);
  }

  /** Adds the parts of one count up. */
  count(parts: readonly CountedPart[], now: Date): Count {
    const alive = secondsAfter(now, -this.#partSeconds - LONGEST_TRY_SECONDS);
    return {
      failures: sum(parts.map(({ failures }) => failures)),
      underWay: sum(parts.map(({ windowStart, underWay }) => (windowStart > alive ? underWay : 0))),
    };
  }

  /** The instant from which on fewer failures than `limit` count. */
  fewerThan(limit: number, parts: readonly CountedPart[], now: Date): Date {
    const byAge = parts.toSorted((a, b) => a.windowStart.getTime() - b.windowStart.getTime());
    let left = sum(byAge.map(({ failures }) => failures));
    let when = now;
    for (const { windowStart, failures } of byAge) {
      if (left < limit) break;
      left -= failures;
      when = this.#endOfCounting(windowStart);
    }
    return when;
  }

  #endOfCounting(start: Date): Date {
    return secondsAfter(start, this.#partSeconds + this.seconds);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
