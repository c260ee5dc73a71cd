import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DecoratedProviders } from '../extension/decorated-providers.js';
import { Clock } from '../time/clock.js';
import { DatabaseSchema } from './database-schema.js';
import { EXPIRING_ROWS } from './expiring-rows.decorator.js';
import type { ExpiringTable } from './expiring-table.js';
import { PreparedSql, type Sql } from './prepared-sql.js';
import { Statement } from './statement.js';

const HOUR_MILLISECONDS = 3_600_000;

const PARTITIONS = new Statement(
  'partitions',
  'SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass',
);

/** Makes the partitions of expiring tables ahead of need and drops those whose rows are all over, one node at a time. */
@Injectable()
export class PartitionKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(PartitionKeeper.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sql: PreparedSql,
    private readonly schema: DatabaseSchema,
    private readonly providers: DecoratedProviders,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.keep();
    this.#timer = setInterval(() => {
      this.keep().catch((error: Error) => this.#logger.error(`Partitions were not kept: ${error.message}`));
    }, HOUR_MILLISECONDS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** Brings every expiring table's partitions up to date, one table after the other, so that no two locks meet. */
  async keep(): Promise<void> {
    for (const { meta: table } of this.providers.with<ExpiringTable>(EXPIRING_ROWS)) {
      const wanted = this.#wantedPeriods(table);
      await this.sql.exclusively('partitions', (sql) => this.#makePartitions(table, wanted, sql));
      await this.sql
        .exclusively('partitions', (sql) => this.#dropPartitions(table, Math.min(...wanted), sql))
        .catch((error: Error) =>
          this.#logger.warn(`Old partitions of ${table.name} stay for another hour: ${error.message}`),
        );
    }
  }

  /**
   * The periods that must have a partition: from the one before now, since clocks may be late, to one past the longest
   * lifetime.
   */
  #wantedPeriods(table: ExpiringTable): number[] {
    const current = table.periodOf(this.clock.now());
    const ahead = Math.ceil(table.maxLifetimeDays / table.periodDays) + 1;
    return Array.from({ length: ahead + 2 }, (_, index) => current - 1 + index);
  }

  /**
   * Makes each partition as a table and attaches it when complete. To make it as a partition at once would wait for
   * every statement on the table, and later ones would wait for that.
   */
  async #makePartitions(table: ExpiringTable, wanted: readonly number[], sql: Sql): Promise<void> {
    const present = await this.#presentPeriods(table, sql);
    for (const period of wanted.filter((each) => !present.includes(each))) {
      const name = table.partitionOf(period);
      await sql.run(`CREATE TABLE ${name} (LIKE ${table.qualifiedName} INCLUDING ALL)`);
      await sql.run(`ALTER TABLE ${table.qualifiedName} ATTACH PARTITION ${name} FOR VALUES IN (${period})`);
    }
  }

  /**
   * Drops partitions that are over. That needs the table for itself for a moment, so it gives up where a long query
   * such as a backup would make every statement wait.
   */
  async #dropPartitions(table: ExpiringTable, oldest: number, sql: Sql): Promise<void> {
    await sql.run("SET LOCAL lock_timeout = '200ms'");
    for (const period of await this.#presentPeriods(table, sql)) {
      if (period < oldest) await sql.run(`DROP TABLE ${table.partitionOf(period)}`);
    }
  }

  async #presentPeriods(table: ExpiringTable, sql: Sql): Promise<number[]> {
    const rows = await sql.rows<{ name: string }>(PARTITIONS, [this.schema.qualify(table.qualifiedName)]);
    return rows.map(({ name }) => Number(name.slice(name.lastIndexOf('_p') + 2)));
  }
}
