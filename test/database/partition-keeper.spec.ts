import { DataSource } from 'typeorm';
import { EXPIRING_ROWS } from '../../src/common/database/expiring-rows.decorator.js';
import type { ExpiringTable } from '../../src/common/database/expiring-table.js';
import { PartitionKeeper } from '../../src/common/database/partition-keeper.js';
import { DecoratedProviders } from '../../src/common/extension/decorated-providers.js';
import { TestApp } from '../support/test-app.js';

describe('The partitions of an expiring table', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('are made while a backup reads every table, and dropped when it is over', async () => {
    const dataSource = app.nest.get(DataSource);
    const keeper = app.nest.get(PartitionKeeper);
    const found = app.nest.get(DecoratedProviders).with<ExpiringTable>(EXPIRING_ROWS);
    const tables = found.map(({ meta }) => meta);
    const partitions = async (): Promise<string[]> => {
      const sql = "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY relname";
      return (await dataSource.query(sql)).map(({ relname }: { relname: string }) => relname);
    };
    const backup = dataSource.createQueryRunner();
    await backup.startTransaction();
    for (const { qualifiedName } of tables) await backup.query(`SELECT 1 FROM ${qualifiedName} LIMIT 1`);
    const before = await partitions();

    app.clock.travel({ seconds: 400 * 86_400 });
    await keeper.keep();
    const needed = tables.map((table) => `${table.name}_p${table.periodOf(app.clock.now())}`);
    expect(await partitions()).toEqual(expect.arrayContaining([...before, ...needed]));

    await backup.commitTransaction();
    await backup.release();
    await keeper.keep();
    const gone = tables.map((table) => `${table.name}_p${table.periodOf(new Date())}`);
    expect(await partitions()).toEqual(expect.arrayContaining(needed));
    expect((await partitions()).filter((name) => gone.includes(name))).toEqual([]);
  });
});
