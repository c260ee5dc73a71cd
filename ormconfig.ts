import type { ClientBase } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseConnection } from './src/common/database/database-connection.js';
import { DEFAULT_SCHEMA } from './src/common/database/database-schema.js';
import { entities, migrationsIn } from './src/schema.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/**
 * The TypeORM options for one schema of one database: the same for the server, the tests and the TypeORM command line.
 *
 * The schema changes only by migrations, and those only through `migrate`, because TypeORM's own `migrationsRun`
 * takes no lock and fails when several processes start together.
 */
export function dataSourceOptions(connection: DatabaseConnection, schema = DEFAULT_SCHEMA): PostgresOptions {
  return {
    type: 'postgres',
    ...typeormConnection(connection),
    schema,
    entities,
    migrations: migrationsIn(schema),
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    poolSize: 10,
    applicationName: 'gatehouse',
    connectTimeoutMS: 10_000,
    extra: { onConnect: planOnce },
  };
}

/**
 * Has PostgreSQL keep the first plan of a prepared statement. Left to itself it plans every execution anew where a
 * table is partitioned, because the kept plan seems dear to it: it counts the partitions that will never be opened.
 */
async function planOnce(connection: ClientBase): Promise<void> {
  await connection.query('SET plan_cache_mode = force_generic_plan');
}

function typeormConnection(connection: DatabaseConnection): Partial<PostgresOptions> {
  if ('url' in connection) return { url: connection.url };
  const { user, ...parts } = connection;
  return user === undefined ? parts : { ...parts, username: user };
}

class CommandLineDataSource extends DataSource {
  override initialize(): Promise<this> {
    if (!process.env.DATABASE_URL) throw new Error('Set DATABASE_URL to the PostgreSQL database to work on.');
    return super.initialize();
  }
}

/** The data source of the TypeORM command line (`typeorm -d dist/ormconfig.js`), which needs DATABASE_URL, and DATABASE_SCHEMA where it is set. */
export default new CommandLineDataSource(
  dataSourceOptions({ url: process.env.DATABASE_URL ?? '' }, process.env.DATABASE_SCHEMA),
);
