import type { ClientBase } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { DatabaseConnection } from './src/common/database/database-connection.js';
import { type DatabaseLimits, DEFAULT_LIMITS } from './src/common/database/database-limits.js';
import { DEFAULT_SCHEMA } from './src/common/database/database-schema.js';
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
      // PostgreSQL itself gives up before, unless it has gone without a word.
      query_timeout: (limits.statementSeconds + SILENCE_SECONDS) * 1000,
      ...(!isPooled && { onConnect: settle(limits) }),
    },
  };
}

/** How much later than PostgreSQL's own limit this side gives a statement up. */
const SILENCE_SECONDS = 5;

/**
 * Tells a new session its limits of time, and has it keep the first plan of a prepared statement. Left to itself
 * PostgreSQL plans every execution anew where a table is partitioned, because the kept plan seems dear to it: it counts
 * the partitions that will never be opened. Such a plan must use indexes from the beginning: made while a table is
 * empty, or was analysed while empty, it would read the whole table forever after.
 */
function settle({ statementSeconds, lockSeconds }: DatabaseLimits): (connection: ClientBase) => Promise<void> {
  const commands = [
    'SET plan_cache_mode = force_generic_plan',
    'SET enable_seqscan = off',
    'SET jit = off',
    `SET statement_timeout = '${statementSeconds}s'`,
    `SET lock_timeout = '${lockSeconds}s'`,
  ].join('; ');
  return async (connection) => {
    await connection.query(commands);
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
