import { DataSource, type MigrationInterface } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { migrate } from '../../src/app/database/migrate.js';
import type { PostgresConnection } from '../../src/app/database/postgres-connection.js';

/** Migrates a database with these migrations, as a start does; returns how many it ran. */
export function migrateWith(
  connection: PostgresConnection,
  migrations: readonly (new () => MigrationInterface)[],
): Promise<number> {
  return migrate(new DataSource({ ...dataSourceOptions(connection), migrations: [...migrations], logger: 'debug' }));
}
