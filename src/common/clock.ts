/** The one source of "now": every lifetime is computed from it, and tests replace it to travel in time. */
export abstract class Clock {
  /** The current instant. */
  abstract now(): Date;
}
