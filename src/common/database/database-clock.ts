import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { reasonOf } from '../errors/oauth-error.js';
import { Clock } from '../time/clock.js';
import { PreparedSql } from './prepared-sql.js';
import { Statement } from './statement.js';

const MEASURE_EVERY_MILLISECONDS = 60_000;
/**
 * How long after a fresh connection the time is measured. The connection may lead to another server, but a pool that
 * grows opens many at once, which are measured together.
 */
const AFTER_CONNECT_MILLISECONDS = 1000;
/**
 * How far the two clocks of this machine may part. Clocks that are kept in step by NTP part by a hundredth of this in a
 * minute.
 */
const DRIFT_MILLISECONDS = 1000;
const WORTH_TELLING_SECONDS = 5;

const INSTANT = new Statement(
  'clock-instant',
  'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS milliseconds',
);

/** One instant, as the database, this machine's wall clock and its monotonic clock tell it, in milliseconds. */
interface Measurement {
  readonly database: number;
  readonly wall: number;
  readonly monotonic: number;
  /** By how much the instant of the database may be wrong: half the time of the round trip. */
  readonly uncertainty: number;
}

/**
 * PostgreSQL's time, so that all nodes on one database agree about what is over. It is measured at the start, every
 * minute, after a fresh connection, and when the wall clock and the monotonic clock of this machine part, as they do
 * when somebody sets the clock or the machine was asleep. In between, the monotonic clock alone goes on counting.
 */
@Injectable()
export class DatabaseClock extends Clock implements OnApplicationShutdown {
  readonly #logger = new Logger('Clock');
  readonly #timer: NodeJS.Timeout;
  #measured: Measurement;
  #measuring: Promise<void> | undefined;
  #afterConnect: NodeJS.Timeout | undefined;
  #isTold = false;

  private constructor(
    private readonly sql: PreparedSql,
    private readonly pool: Pool,
    measured: Measurement,
  ) {
    super();
    this.#measured = measured;
    this.#timer = setInterval(this.#measureSoon, MEASURE_EVERY_MILLISECONDS).unref();
    pool.on('connect', this.#onConnect);
    this.#tell();
  }

  /** Measures for the first time. Rejects when the database does not answer. */
  static async open(sql: PreparedSql, dataSource: DataSource): Promise<DatabaseClock> {
    return new DatabaseClock(sql, (dataSource.driver as PostgresDriver).master as Pool, await measure(sql));
  }

  /**
   * The time of the database. While the clocks of this machine have parted and the database was not asked yet, the
   * later of the two counts, so that whatever has expired by either has expired.
   */
  now(): Date {
    const { database, monotonic } = this.#measured;
    const parted = this.#partedMilliseconds;
    const asleep = parted > DRIFT_MILLISECONDS ? parted : 0;
    return new Date(database + performance.now() - monotonic + asleep);
  }

  /** How far this machine's wall clock is ahead of the database; negative when it is behind. */
  get aheadSeconds(): number {
    return (Date.now() - this.now().getTime()) / 1000;
  }

  /** True for a machine whose clock is so far off that its operator should know. */
  get isFarOff(): boolean {
    return Math.abs(this.aheadSeconds) > WORTH_TELLING_SECONDS;
  }

  /** How far the clock of this machine is wrong, in words. */
  get deviation(): string {
    const seconds = this.aheadSeconds;
    return `${Math.abs(Math.round(seconds))} s ${seconds > 0 ? 'ahead of' : 'behind'} the database`;
  }

  /** True from when the clocks of this machine part until the database was asked. */
  get isAdrift(): boolean {
    return Math.abs(this.#partedMilliseconds) > DRIFT_MILLISECONDS;
  }

  /** Asks the database; callers at the same time share one answer. Never rejects: without an answer all stays as it is. */
  measure(): Promise<void> {
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined;
    });
    return this.#measuring;
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#afterConnect);
    this.pool.off('connect', this.#onConnect);
  }

  readonly #measureSoon = () => {
    void this.measure();
  };

  readonly #onConnect = () => {
    if (this.#afterConnect !== undefined) return;
    const passed = performance.now() - this.#measured.monotonic;
    this.#afterConnect = setTimeout(
      () => {
        this.#afterConnect = undefined;
        this.#measureSoon();
      },
      Math.max(0, AFTER_CONNECT_MILLISECONDS - passed),
    ).unref();
  };

  async #measure(): Promise<void> {
    try {
      const measured = await measure(this.sql);
      const expected = this.#measured.database + measured.monotonic - this.#measured.monotonic;
      // A time that agrees within the uncertainty stays as it is, so that time does not jump to and fro.
      const agrees = Math.abs(measured.database - expected) <= measured.uncertainty;
      this.#measured = agrees ? { ...measured, database: expected } : measured;
      this.#tell();
    } catch (error) {
      this.#logger.warn(`The database was not asked for the time: ${reasonOf(error)}`);
    }
  }

  /**
   * How far the wall clock has gone ahead of the monotonic clock: positive after a sleep, in which the monotonic clock
   * of Linux stands still.
   */
  get #partedMilliseconds(): number {
    const { wall, monotonic } = this.#measured;
    return Date.now() - wall - (performance.now() - monotonic);
  }

  /** Warns once for each time that the clock goes wrong. */
  #tell(): void {
    if (this.isFarOff && !this.#isTold) {
      this.#logger.warn(
        `The clock of this machine is ${this.deviation}, whose time counts; set it, for example by NTP`,
      );
    }
    this.#isTold = this.isFarOff;
  }
}

/**
 * Measures on a connection of its own, so that waiting for one is not measured. The instant of the database is taken as
 * halfway between question and answer.
 */
function measure(sql: PreparedSql): Promise<Measurement> {
  return sql.transaction(async (transaction) => {
    const asked = performance.now();
    const row = await transaction.row<{ milliseconds: number }>(INSTANT, []);
    const answered = performance.now();
    if (row === undefined) throw new Error('it gave no row');
    const uncertainty = (answered - asked) / 2;
    const wall = Date.now() - performance.now() + asked + uncertainty;
    return { database: row.milliseconds, monotonic: asked + uncertainty, uncertainty, wall };
  });
}
