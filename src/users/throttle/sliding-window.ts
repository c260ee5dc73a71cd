import { secondsAfter } from '../../common/time/instant.js';
import type { CountedPart, WindowPart } from './login-failure.repository.js';

/** Into so many parts the window is cut: failures leave it by parts, so that a count is a few rows. */
const PARTS = 15;

/** A try takes no longer; what is still under way has lost its node. */
const LONGEST_TRY_SECONDS = 60;

/** What one count holds at an instant. */
export interface Count {
  readonly failures: number;
  readonly underWay: number;
}

/**
 * The time that failures count in. It moves along with the clock and has no edge around which twice as many would fit: a
 * part counts until the last failure that it may hold is out of the window.
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

  /** Parts that begin later than this count. */
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

  /** When fewer than so many failures will count. */
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
