/** The one source of "now": every lifetime is computed from it, and tests replace it to travel in time. */
export abstract class Clock {
  /** The current instant. */
  abstract now(): Date;
}

/** The machine's own clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
