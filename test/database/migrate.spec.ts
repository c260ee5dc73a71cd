import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { migrateWith } from '../support/migrating.js';
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
  it('Four servers may start at once on an empty database: one migrates, the others wait', async () => {
    const database = await createEmptyDatabase();
    const starts = [1, 2, 3, 4].map(() => migrateWith(database.connection, [CreateLamp1700000000001]));
    const counts = await Promise.all(starts);
    expect(counts.sort()).toEqual([0, 0, 0, 1]);
    await database.drop();
  });

  it('A migration that fails is undone, those before it are kept, and the next start tries again', async () => {
    const database = await createEmptyDatabase();
    const { connection } = database;
    const broken = migrateWith(connection, [CreateLamp1700000000001, BreakHalfway1700000000002]);
    await expect(broken).rejects.toThrow('nowhere');
    expect(await migrateWith(connection, [CreateLamp1700000000001])).toBe(0);
    const client = new Client(connection);
    await client.connect();
    const { rows } = await client.query(`SELECT to_regclass('lamp') AS lamp, to_regclass('half') AS half`);
    await client.end();
    expect(rows).toEqual([{ lamp: 'lamp', half: null }]);
    await database.drop();
  });
});
