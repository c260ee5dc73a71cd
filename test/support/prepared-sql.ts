import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { DatabaseSchema } from '../../src/common/database/database-schema.js';
import { PreparedSql } from '../../src/common/database/prepared-sql.js';
import { Statement } from '../../src/common/database/statement.js';
import { createEmptyDatabase } from './test-database.js';

/** How often PostgreSQL planned a statement of ours anew for its values, when it was run so often on two partitions. */
export async function customPlansOf(runs: number): Promise<number[]> {
  const database = await createEmptyDatabase();
  const dataSource = await new DataSource(dataSourceOptions(database.connection)).initialize();
  try {
    await dataSource.query(`
      CREATE TABLE parcels (period integer NOT NULL, id integer NOT NULL, PRIMARY KEY (period, id))
        PARTITION BY LIST (period);
      CREATE TABLE parcels_p1 PARTITION OF parcels FOR VALUES IN (1);
      CREATE TABLE parcels_p2 PARTITION OF parcels FOR VALUES IN (2)
    `);
    const sql = new PreparedSql(dataSource, new DatabaseSchema());
    const find = new Statement('parcel-find', 'SELECT 1 FROM parcels WHERE period = $1 AND id = $2');
    await Promise.all(Array.from({ length: runs }, (_, id) => sql.rows(find, [1 + (id % 2), id])));
    const plans = new Statement('plans', 'SELECT custom_plans FROM pg_prepared_statements WHERE name = $1');
    const found = await sql.rows<{ custom_plans: string }>(plans, ['gatehouse.parcel-find']);
    return found.map(({ custom_plans }) => Number(custom_plans));
  } finally {
    await dataSource.destroy();
    await database.drop();
  }
}

/** How the sessions are set in which our statements run in an application. */
export async function settingsOfOurs(app: INestApplication): Promise<object | undefined> {
  const settings = new Statement(
    'session-settings',
    `SELECT current_setting('plan_cache_mode') AS plans, current_setting('enable_seqscan') AS scans,
       current_setting('statement_timeout') AS "limit", current_setting('lock_timeout') AS lock`,
  );
  return app.get(PreparedSql, { strict: false }).row(settings, []);
}
