import type { ClientBase, Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { checkSessions } from '../../common/database/pooler.js';

/**
 * Makes the schema of a data source, runs its pending migrations and returns how many ran. Any number of processes may
 * call it at once.
 *
 * Works on a data source of its own with two connections, one for the lock and one for the migrations, so that the
 * pool of the given one is neither needed nor touched. The lock belongs to its session: a process that dies frees it. Raises
 * PoolerError where connections have no session each.
 */
export async function migrate(dataSource: DataSource): Promise<number> {
  const schema = new DatabaseSchema((dataSource.options as { schema?: string }).schema);
  const extra = { onConnect: lift };
  const migrator = new DataSource({ ...dataSource.options, poolSize: 2, extra } as DataSource['options']);
  await migrator.initialize();
  try {
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

/** A migration takes as long as it takes, whatever limits the role brings along. */
async function lift(connection: ClientBase): Promise<void> {
  await connection.query('SET statement_timeout = 0; SET lock_timeout = 0');
}
