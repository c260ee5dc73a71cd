import { randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { DatabaseSchema } from '../../src/common/database/database-schema.js';
import { EXPIRING_ROWS } from '../../src/common/database/expiring-rows.decorator.js';
import type { ExpiringTable } from '../../src/common/database/expiring-table.js';
import { PartitionKeeper } from '../../src/common/database/partition-keeper.js';
import { DecoratedProviders } from '../../src/common/extension/decorated-providers.js';
import { SCHEMA, sql, type Table, tableName } from './stored-rows.js';
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

/** Every table that is or was a partition. */
export async function partitionTablesOf(app: TestApp): Promise<string[]> {
  const rows = await sql(
    app,
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_p[0-9]+$' ORDER BY relname",
  );
  return rows.map(({ relname }) => String(relname));
}

/** Makes the partition of an instant long ago in each table whose rows expire, and gives their names. */
export async function makePartitionsAt(app: TestApp, instant: Date): Promise<string[]> {
  for (const table of expiringTables(app)) {
    const [period, name] = [table.periodOf(instant), table.partitionOf(table.periodOf(instant))];
    await sql(app, `CREATE TABLE ${name} PARTITION OF ${table.qualifiedName} FOR VALUES IN (${period})`);
  }
  return partitionsAt(app, instant);
}

/** The period of an instant in a table whose rows expire. */
export function periodAt(app: TestApp, table: Table, instant: Date): number | undefined {
  return expiringTables(app)
    .find(({ name }) => name === table)
    ?.periodOf(instant);
}

/** Detaches a partition, as a node did when the database told a wrong time. */
export async function detachPartition(app: TestApp, table: Table, instant: Date): Promise<void> {
  const name = `"${SCHEMA}".${table}_p${periodAt(app, table, instant)}`;
  await sql(app, `ALTER TABLE ${tableName(table)} DETACH PARTITION ${name}`);
  await sql(app, `COMMENT ON TABLE ${name} IS '${new Date().toISOString()}'`);
}

/** Has partitions that stand apart have been detached at another time. */
export async function detachedSince(app: TestApp, names: readonly string[], instant: Date): Promise<void> {
  for (const name of names) await sql(app, `COMMENT ON TABLE "${SCHEMA}".${name} IS '${instant.toISOString()}'`);
}

/** Drops the partition of an instant in each table whose rows expire. */
export async function dropPartitionsAt(app: TestApp, instant: Date): Promise<void> {
  for (const name of partitionsAt(app, instant)) await sql(app, `DROP TABLE "${SCHEMA}".${name}`);
}

/** Does something while a transaction of somebody else's keeps every such table from being altered. */
export async function whileLocked(app: TestApp, work: () => Promise<void>): Promise<void> {
  const other = app.port(DataSource).createQueryRunner();
  await other.startTransaction();
  for (const { qualifiedName } of expiringTables(app))
    await other.query(`LOCK TABLE ONLY ${qualifiedName} IN SHARE ROW EXCLUSIVE MODE`);
  try {
    await work();
  } finally {
    await other.rollbackTransaction();
    await other.release();
  }
}

/** Does something while another node is at work on the partitions, and does not come to an end. */
export async function whileOthersKeepPartitions(app: TestApp, work: () => Promise<void>): Promise<void> {
  const other = app.port(DataSource).createQueryRunner();
  await other.startTransaction();
  await other.query('SELECT pg_advisory_xact_lock($1)', [app.port(DatabaseSchema).lockKey('partitions')]);
  try {
    await work();
  } finally {
    await other.rollbackTransaction();
    await other.release();
  }
}

/** Lets a role that may read and write rows, and nothing else, do something. */
export async function asRoleForRowsAlone(
  app: TestApp,
  work: (connection: TestApp['database']['connection']) => Promise<void>,
): Promise<void> {
  const role = `rows_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await sql(app, `CREATE ROLE ${role} LOGIN PASSWORD '${password}'`);
  await sql(app, `GRANT USAGE ON SCHEMA "${SCHEMA}" TO ${role}`);
  await sql(app, `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "${SCHEMA}" TO ${role}`);
  try {
    await work({ ...app.database.connection, user: role, password });
  } finally {
    await sql(app, `DROP OWNED BY ${role}`);
    await sql(app, `DROP ROLE ${role}`);
  }
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
