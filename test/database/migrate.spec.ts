import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { migrate } from '../../src/app/database/migrate.js';
import { createEmptyDatabase } from '../support/test-database.js';

class CreateLamp1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE lamp (id int PRIMARY KEY)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lamp');
  }
}

class BreakHalfway1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (id int PRIMARY KEY)');
    await runner.query('SELECT * FROM nowhere');
  }
  async down(): Promise<void> {}
}

describe('migrate', () => {
  it('lets four servers start at once on an empty database: one migrates, the others wait', async () => {
    const database = await createEmptyDatabase();
    const options = { ...dataSourceOptions(database.connection), migrations: [CreateLamp1700000000001] };
    const counts = await Promise.all([1, 2, 3, 4].map(() => migrate(new DataSource(options))));
    expect(counts.sort()).toEqual([0, 0, 0, 1]);
    await database.drop();
  });

  it('undoes a migration that fails, keeps those before it and lets the next start try again', async () => {
    const database = await createEmptyDatabase();
    const options = dataSourceOptions(database.connection);
    const broken = new DataSource({
      ...options,
      logger: 'debug',
      migrations: [CreateLamp1700000000001, BreakHalfway1700000000002],
    });
    await expect(migrate(broken)).rejects.toThrow('nowhere');
    const repaired = new DataSource({ ...options, migrations: [CreateLamp1700000000001] });
    expect(await migrate(repaired)).toBe(0);
    await repaired.initialize();
    expect(await repaired.query(`SELECT to_regclass('lamp') AS lamp, to_regclass('half') AS half`)).toEqual([
      { lamp: 'lamp', half: null },
    ]);
    await repaired.destroy();
    await database.drop();
  });
});
