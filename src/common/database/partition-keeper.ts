import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DecoratedProviders } from '../extension/decorated-providers.js';
import { Clock } from '../time/clock.js';
import { EXPIRING_ROWS } from './expiring-rows.decorator.js';
import type { ExpiringTable } from './expiring-table.js';

const HOUR_MILLISECONDS = 3_600_000;
const ADVISORY_LOCK = 7_204_001;

/** Makes the partitions of expiring tables ahead of need and drops those whose rows are all over, one node at a time. */
@Injectable()
export class PartitionKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(PartitionKeeper.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
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
      await this.#locked((manager) => makePartitions(table, wanted, manager));
      await this.#locked((manager) => dropPartitions(table, Math.min(...wanted), manager)).catch((error: Error) =>
        this.#logger.warn(`Old partitions of ${table.name} stay for another hour: ${error.message}`),
      );
    }
  }

  #locked(work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
      await work(manager);
    });
  }

  /** From the period before now (late clocks) to one past the longest lifetime. */
  #wantedPeriods(table: ExpiringTable): number[] {
    const current = table.periodOf(this.clock.now());
    const ahead = Math.ceil(table.maxLifetimeDays / table.periodDays) + 1;
    return Array.from({ length: ahead + 2 }, (_, index) => current - 1 + index);
  }
}

async function presentPeriods(table: ExpiringTable, manager: EntityManager): Promise<number[]> {
  const rows: { name: string }[] = await manager.query(
    'SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass',
    [table.name],
  );
  return rows.map(({ name }) => Number(name.slice(name.lastIndexOf('_p') + 2)));
}

/** Attached when complete: to make it as a partition would wait for all who use the table, and they for that. */
async function makePartitions(table: ExpiringTable, wanted: readonly number[], manager: EntityManager): Promise<void> {
  const present = await presentPeriods(table, manager);
  for (const period of wanted.filter((each) => !present.includes(each))) {
    const name = nameOf(table, period);
    await manager.query(`CREATE TABLE ${name} (LIKE ${table.name} INCLUDING ALL)`);
    await manager.query(`ALTER TABLE ${table.name} ATTACH PARTITION ${name} FOR VALUES IN (${period})`);
  }
}

/** Needs the table for itself for a moment, and gives up where a long query such as a backup would make all wait. */
async function dropPartitions(table: ExpiringTable, oldest: number, manager: EntityManager): Promise<void> {
  await manager.query("SET LOCAL lock_timeout = '200ms'");
  for (const period of await presentPeriods(table, manager)) {
    if (period < oldest) await manager.query(`DROP TABLE ${nameOf(table, period)}`);
  }
}

function nameOf(table: ExpiringTable, period: number): string {
  return `${table.name}_p${period}`;
}
