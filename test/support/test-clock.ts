import { Clock } from '../../src/common/time/clock.js';

/** The real time plus what the test has travelled. */
export class TestClock extends Clock {
  #travelledMilliseconds = 0;

  now(): Date {
    return new Date(Date.now() + this.#travelledMilliseconds);
  }

  /** Moves every later `now` ahead. */
  travel(by: { seconds: number }): void {
    this.#travelledMilliseconds += by.seconds * 1000;
  }
}
