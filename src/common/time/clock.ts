/**
 * The one source of "now". Every lifetime is computed from this clock, and tests replace it to travel in time. Unless
 * it is replaced, the clock tells the time of the database (`common/database/database-clock.ts`).
 */
export abstract class Clock {
  /** The current instant. */
  abstract now(): Date;
}
