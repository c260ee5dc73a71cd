import type { ClientBase, Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { migrationNames } from '../../common/database/migration.js';
import { checkSessions } from '../../common/database/pooler.js';

/**
 * Makes the schema of a data source, runs its pending migrations and returns how many ran. Any number of processes may
 * call it at once.
 *
 * Works on a data source of its own with two connections, one for the lock and one for the migrations, so that the
 * pool of the given one is neither needed nor touched. The lock belongs to its session: a process that dies frees it.
 * Where nothing is pending, nothing is locked or made. Otherwise raises PoolerError where connections have no session
 * each.
 */
export async function migrate(dataSource: DataSource): Promise<number> {
  const schema = new DatabaseSchema((dataSource.options as { schema?: string }).schema);
  const extra = { onConnect: lift };
  const options = { ...dataSource.options, entities: [], poolSize: 2, extra } as DataSource['options'];
  const migrator = new DataSource(options);
  await migrator.initialize();
  try {
    if (await isUpToDate(migrator, schema)) return 0;
    await checkSessions((migrator.driver as PostgresDriver).master as Pool);
    const lock = migrator.createQueryRunner();
    await lock.query('SELECT pg_advisory_lock($1)', [schema.lockKey('migrations')]);
    try {
      await lock.query(schema.creation);
      return (await migrator.runMigrations({ transaction: 'each' })).length;
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [schema.lockKey('migrations')]);
      await lock.release();
    }
  } finally {
    await migrator.destroy();
  }
}

/** True where every migration has run, as at nearly every start. */
async function isUpToDate(migrator: DataSource, schema: DatabaseSchema): Promise<boolean> {
  const history = schema.qualify('gatehouse.migrations');
  const [{ isThere }] = await migrator.query('SELECT to_regclass($1) IS NOT NULL AS "isThere"', [history]);
  if (!isThere) return false;
  const run: { name: string }[] = await migrator.query(`SELECT name FROM ${history}`);
  const names = new Set(run.map(({ name }) => name));
  return migrationNames(migrator).every((name) => names.has(name));
}

/** A migration takes as long as it takes, whatever limits the role brings along. */
async function lift(connection: ClientBase): Promise<void> {
  await connection.query('SET statement_timeout = 0; SET lock_timeout = 0');
}
