import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import type { TemporaryDatabase } from '../../src/app/database/temporary-database.js';
import { DatabaseSchema } from '../../src/common/database/database-schema.js';
import { PreparedSql } from '../../src/common/database/prepared-sql.js';
import { Statement } from '../../src/common/database/statement.js';
import { createEmptyDatabase } from '../support/test-database.js';

describe('prepared SQL', () => {
  let database: TemporaryDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    dataSource = await new DataSource(dataSourceOptions(database.connection)).initialize();
    await dataSource.query(`
      CREATE TABLE parcels (period integer NOT NULL, id integer NOT NULL, PRIMARY KEY (period, id))
        PARTITION BY LIST (period);
      CREATE TABLE parcels_p1 PARTITION OF parcels FOR VALUES IN (1);
      CREATE TABLE parcels_p2 PARTITION OF parcels FOR VALUES IN (2)
    `);
  });

  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('is planned once for each connection, on partitioned tables too', async () => {
    const sql = new PreparedSql(dataSource, new DatabaseSchema());
    const statement = new Statement('parcel-find', 'SELECT 1 FROM parcels WHERE period = $1 AND id = $2');
    const findMany = Array.from({ length: 40 }, (_, id) => sql.rows(statement, [1 + (id % 2), id]));
    await Promise.all(findMany);
    const plans = new Statement('plans', 'SELECT custom_plans FROM pg_prepared_statements WHERE name = $1');
    expect(await sql.rows(plans, ['gatehouse.parcel-find'])).toEqual([{ custom_plans: '0' }]);
  });
});
