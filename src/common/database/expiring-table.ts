import { createToken, digestOf, periodOfToken } from '../crypto/random-token.js';
import { epochSeconds, secondsAfter } from '../time/instant.js';
import { Table } from './table.js';

const SECONDS_PER_DAY = 86_400;

/** The primary key of the row of a token, which names its partition. */
export interface TokenKey {
  readonly period: number;
  /** SHA-256 of the token. */
  readonly digest: Buffer;
}

/**
 * A table whose rows expire: PARTITION BY LIST (period), where a row's period is its expiry divided by the period's
 * length. Rows live at most `maxLifetimeDays`, so a partition can be dropped whole once its period is over.
 */
export class ExpiringTable<Entity extends object = object, Defaulted extends keyof Entity = never> extends Table<
  Entity,
  Defaulted
> {
  /**
   * `tokenPrefix` is how every token begins that finds a row of the table, such as `gate_rt_`; left out for a table whose
   * rows no token finds.
   */
  constructor(
    entity: new () => Entity,
    readonly periodDays: number,
    readonly maxLifetimeDays: number,
    readonly tokenPrefix: string = '',
  ) {
    super(entity);
  }

  /**
   * A fresh token of this many random bytes, 256 bits by default, for a row that expires at this instant. The token names
   * the partition of the row.
   */
  newToken(expiresAt: Date, randomBytes?: number): string {
    return createToken(this.tokenPrefix, this.periodOf(expiresAt), randomBytes);
  }

  /**
   * The key of the row of a token. Undefined for a text that is mistyped or no token of this table, so that no query is
   * made.
   */
  keyOf(token: string): TokenKey | undefined {
    const period = periodOfToken(this.tokenPrefix, token);
    return period === undefined ? undefined : { period, digest: digestOf(token) };
  }

  /** The partition that holds the rows of a period: `gatehouse.access_tokens_p2950`. */
  partitionOf(period: number): string {
    return `${this.qualifiedName}_p${period}`;
  }

  /** How long a row may live. */
  get maxLifetimeSeconds(): number {
    return this.maxLifetimeDays * SECONDS_PER_DAY;
  }

  /** The period of a row that expires at this instant. */
  periodOf(expiresAt: Date): number {
    return Math.floor(epochSeconds(expiresAt) / (this.periodDays * SECONDS_PER_DAY));
  }

  /** The period in SQL, of an expression that gives the instant. */
  periodInSql(expiresAt: string): string {
    return `floor(extract(epoch FROM ${expiresAt}) / ${this.periodDays * SECONDS_PER_DAY})::integer`;
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
