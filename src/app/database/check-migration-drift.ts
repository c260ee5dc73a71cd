import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../ormconfig.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';
import { type PostgresConnection, parseConnectionUrl } from './postgres-connection.js';
import { TemporaryDatabase } from './temporary-database.js';

/**
 * Ends with status 1 when the migrations do not produce the schema that the entities describe, and prints the SQL that
 * is missing.
 */
async function checkMigrationDrift(server: PostgresConnection): Promise<void> {
  const database = await TemporaryDatabase.create(server);
  const dataSource = new DataSource(dataSourceOptions(database.connection));
  try {
    const count = await migrate(dataSource);
    await dataSource.initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    for (const { query } of upQueries) process.stderr.write(`${query};\n`);
    if (upQueries.length > 0) process.exitCode = 1;
    process.stdout.write(
      upQueries.length > 0
        ? 'The entities need the changes above: add a migration.\n'
        : `${count} migrations produce the schema of the entities.\n`,
    );
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
    await database.drop();
  }
}

async function withEmbeddedServer(work: (server: PostgresConnection) => Promise<void>): Promise<void> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'gatehouse-drift-'));
  try {
    const postgres = await EmbeddedPostgres.start({ dataFolder, settings: { fsync: 'off' } });
    try {
      await work(postgres.connection);
    } finally {
      await postgres.stop();
    }
  } finally {
    await rm(dataFolder, { recursive: true });
  }
}

const { DATABASE_URL } = process.env;
await (DATABASE_URL ? checkMigrationDrift(parseConnectionUrl(DATABASE_URL)) : withEmbeddedServer(checkMigrationDrift));
