import { DataSource } from 'typeorm';
import { EXPIRING_ROWS } from '../../src/common/database/expiring-rows.decorator.js';
import type { ExpiringTable } from '../../src/common/database/expiring-table.js';
import { PartitionKeeper } from '../../src/common/database/partition-keeper.js';
import { DecoratedProviders } from '../../src/common/extension/decorated-providers.js';
import { sql, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** The names of all partitions that exist. */
export async function partitionsOf(app: TestApp): Promise<string[]> {
  const rows = await sql(app, "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY relname");
  return rows.map(({ relname }) => String(relname));
}

/** The name of the partition of an instant, for each table whose rows expire. */
export function partitionsAt(app: TestApp, instant: Date): string[] {
  return expiringTables(app).map((table) => `${table.name}_p${table.periodOf(instant)}`);
}

/** Makes the partitions that will be needed and drops those that are not needed any more, as happens by itself in time. */
export async function keepPartitions(app: TestApp): Promise<void> {
  await app.port(PartitionKeeper).keep();
}

/** Drops every partition of a table. */
export async function dropPartitions(app: TestApp, table: Table): Promise<void> {
  const partitions = await sql(
    app,
    `SELECT inhrelid::regclass AS name FROM pg_inherits WHERE inhparent = '${tableName(table)}'::regclass`,
  );
  for (const { name } of partitions) await sql(app, `DROP TABLE ${name}`);
}

/** Does something while a backup reads every table whose rows expire. */
export async function duringBackup(app: TestApp, work: () => Promise<void>): Promise<void> {
  const backup = app.port(DataSource).createQueryRunner();
  await backup.startTransaction();
  for (const { qualifiedName } of expiringTables(app)) await backup.query(`SELECT 1 FROM ${qualifiedName} LIMIT 1`);
  await work();
  await backup.commitTransaction();
  await backup.release();
}

function expiringTables(app: TestApp): ExpiringTable[] {
  return app
    .port(DecoratedProviders)
    .with<ExpiringTable>(EXPIRING_ROWS)
    .map(({ meta }) => meta);
}
