import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { HealthCheck } from './health-check.js';

/** Every migration of this version has run; those of a newer version beside it do no harm. */
@Injectable()
export class MigrationsCheck implements HealthCheck {
  readonly name = 'migrations';

  constructor(private readonly dataSource: DataSource) {}

  async check(): Promise<void> {
    const names = this.dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name);
    const missing: { name: string }[] = await this.dataSource.query(
      'SELECT name FROM unnest($1::text[]) AS wanted (name) WHERE name NOT IN (SELECT name FROM migrations)',
      [names],
    );
    if (missing.length > 0) throw new Error(`Pending: ${missing.map(({ name }) => name).join(', ')}`);
  }
}
