import { Injectable } from '@nestjs/common';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { EXPIRING_ROWS } from '../../common/database/expiring-rows.decorator.js';
import type { ExpiringTable } from '../../common/database/expiring-table.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { Clock } from '../../common/time/clock.js';
import type { HealthCheck } from './health-check.js';

const MISSING = new Statement(
  'partitions-missing',
  'SELECT name FROM unnest($1::text[]) AS wanted (name) WHERE to_regclass(name) IS NULL',
);

/** Checks that every expiring table has the partition into which a row that is made now goes. */
@Injectable()
export class PartitionsCheck implements HealthCheck {
  readonly name = 'partitions';

  constructor(
    private readonly sql: PreparedSql,
    private readonly schema: DatabaseSchema,
    private readonly providers: DecoratedProviders,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<void> {
    const now = this.clock.now();
    const names = this.providers
      .with<ExpiringTable>(EXPIRING_ROWS)
      .map(({ meta: table }) => this.schema.qualify(table.partitionOf(table.periodOf(now))));
    const missing = await this.sql.rows<{ name: string }>(MISSING, [names]);
    if (missing.length > 0) throw new Error(`Missing: ${missing.map(({ name }) => name).join(', ')}`);
  }
}
