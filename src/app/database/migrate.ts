import { DataSource } from 'typeorm';
import { DatabaseSchema } from '../../common/database/database-schema.js';

/**
 * Makes the schema of a data source, runs its pending migrations and returns how many ran. Any number of processes may
 * call it at once.
 *
 * Works on a data source of its own with two connections, one for the lock and one for the migrations, so that the
 * pool of the given one is neither needed nor touched. The lock belongs to its session: a process that dies frees it.
 */
export async function migrate(dataSource: DataSource): Promise<number> {
  const schema = new DatabaseSchema((dataSource.options as { schema?: string }).schema);
  const migrator = new DataSource({ ...dataSource.options, poolSize: 2 } as DataSource['options']);
  await migrator.initialize();
  try {
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
