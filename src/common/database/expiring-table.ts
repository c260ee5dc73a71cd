import { epochSeconds, secondsAfter } from '../time/instant.js';
import { Table } from './table.js';

const SECONDS_PER_DAY = 86_400;

/**
 * A table whose rows expire: PARTITION BY LIST (period), where a row's period is its expiry divided by the period's
 * length. Rows live at most `maxLifetimeDays`, so a partition can be dropped whole once its period is over.
 */
export class ExpiringTable<Entity extends object = object, Defaulted extends keyof Entity = never> extends Table<
  Entity,
  Defaulted
> {
  constructor(
    entity: new () => Entity,
    readonly periodDays: number,
    readonly maxLifetimeDays: number,
  ) {
    super(entity);
  }

  /** The partition that holds the rows of a period: `gatehouse.access_tokens_p2950`. */
  partitionOf(period: number): string {
    return `${this.qualifiedName}_p${period}`;
  }

  /** How long a row may live. */
  get maxLifetimeSeconds(): number {
    return this.maxLifetimeDays * SECONDS_PER_DAY;
  }

  /** Throws a RangeError at boot for an option that lets rows live longer than the partitions are made for. */
  refuseLongerLives(option: string, seconds: number): void {
    if (seconds <= this.maxLifetimeSeconds) return;
    throw new RangeError(
      `${option} is ${seconds}; give at most ${this.maxLifetimeSeconds} (${this.maxLifetimeDays} days)`,
    );
  }

  /** The period of a row that expires at this instant. */
  periodOf(expiresAt: Date): number {
    return Math.floor(epochSeconds(expiresAt) / (this.periodDays * SECONDS_PER_DAY));
  }

  /** The latest instant at which a row that is made now may expire. */
  latestExpiry(now: Date): Date {
    return secondsAfter(now, this.maxLifetimeSeconds);
  }

  /** When the period is over: no row of it may expire later. */
  endOf(period: number): Date {
    return new Date((period + 1) * this.periodDays * SECONDS_PER_DAY * 1000);
  }
}
