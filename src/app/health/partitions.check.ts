import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { EXPIRING_ROWS } from '../../common/database/expiring-rows.decorator.js';
import type { ExpiringTable } from '../../common/database/expiring-table.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { Clock } from '../../common/time/clock.js';
import type { HealthCheck } from './health-check.js';

/** Every expiring table has the partition into which a row of now goes. */
@Injectable()
export class PartitionsCheck implements HealthCheck {
  readonly name = 'partitions';

  constructor(
    private readonly dataSource: DataSource,
    private readonly providers: DecoratedProviders,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<void> {
    const now = this.clock.now();
    const names = this.providers
      .with<ExpiringTable>(EXPIRING_ROWS)
      .map(({ meta: table }) => `${table.name}_p${table.periodOf(now)}`);
    const missing: { name: string }[] = await this.dataSource.query(
      'SELECT name FROM unnest($1::text[]) AS wanted (name) WHERE to_regclass(name) IS NULL',
      [names],
    );
    if (missing.length > 0) throw new Error(`Missing: ${missing.map(({ name }) => name).join(', ')}`);
  }
}
