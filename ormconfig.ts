import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseConnection } from './src/common/database/database-connection.js';
import { type DatabaseLimits, DEFAULT_LIMITS } from './src/common/database/database-limits.js';
import { DEFAULT_SCHEMA } from './src/common/database/database-schema.js';
import { queryTimeoutMilliseconds, settle } from './src/common/database/own-pool.js';
import { entities, migrationsIn } from './src/schema.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** How sessions are to be. */
export interface SessionSettings {
  readonly limits?: DatabaseLimits | undefined;
  /** True behind a pooler in transaction mode, where the role brings along what a session is told otherwise. */
  readonly isPooled?: boolean;
}

/**
 * The TypeORM options for one schema of one database: the same for the server, the tests and the TypeORM command line.
 *
 * The schema changes only by migrations, and those only through `migrate`, because TypeORM's own `migrationsRun`
 * takes no lock and fails when several processes start together.
 */
export function dataSourceOptions(
  connection: DatabaseConnection,
  schema = DEFAULT_SCHEMA,
  { limits = DEFAULT_LIMITS, isPooled = false }: SessionSettings = {},
): PostgresOptions {
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
    poolSize: limits.poolSize,
    applicationName: 'gatehouse',
    connectTimeoutMS: limits.connectSeconds * 1000,
    extra: {
      keepAlive: true,
      query_timeout: queryTimeoutMilliseconds(limits),
      ...(!isPooled && { onConnect: settle(limits) }),
    },
  };
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
