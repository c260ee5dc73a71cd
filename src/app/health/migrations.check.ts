import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { migrationNames } from '../../common/database/migration.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { HealthCheck } from './health-check.js';

const MISSING = new Statement(
  'migrations-missing',
  'SELECT name FROM unnest($1::text[]) AS wanted (name) WHERE name NOT IN (SELECT name FROM gatehouse.migrations)',
);

/** Checks that every migration of this version has run. Migrations of a newer version do no harm. */
@Injectable()
export class MigrationsCheck implements HealthCheck {
  readonly name = 'migrations';

  constructor(
    private readonly dataSource: DataSource,
    private readonly sql: PreparedSql,
  ) {}

  async check(): Promise<void> {
    const missing = await this.sql.rows<{ name: string }>(MISSING, [migrationNames(this.dataSource)]);
    if (missing.length > 0) throw new Error(`Pending: ${missing.map(({ name }) => name).join(', ')}`);
  }
}
