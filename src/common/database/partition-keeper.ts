import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { DecoratedProviders } from '../discovery/decorated-providers.js';
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

  /** Brings every expiring table's partitions up to date in one transaction. */
  async keep(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
      for (const { meta: table } of this.providers.with<ExpiringTable>(EXPIRING_ROWS)) {
        const rows: { name: string }[] = await manager.query(
          'SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass',
          [table.name],
        );
        const present = new Set(rows.map((row) => row.name));
        const wanted = this.#wantedPeriods(table);
        for (const period of wanted) {
          const name = `${table.name}_p${period}`;
          if (!present.delete(name))
            await manager.query(`CREATE TABLE ${name} PARTITION OF ${table.name} FOR VALUES IN (${period})`);
        }
        for (const name of present) {
          const period = Number(name.slice(name.lastIndexOf('_p') + 2));
          if (period < (wanted[0] ?? 0)) await manager.query(`DROP TABLE ${name}`);
        }
      }
    });
  }

  /** From the period before now (late clocks) to one past the longest lifetime. */
  #wantedPeriods(table: ExpiringTable): number[] {
    const current = table.periodOf(this.clock.now());
    const ahead = Math.ceil(table.maxLifetimeDays / table.periodDays) + 1;
    return Array.from({ length: ahead + 2 }, (_, index) => current - 1 + index);
  }
}
