import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { Client } from 'pg';
import { createEmptyDatabase } from '../support/test-database.js';
import { startServerOn } from '../support/whole-server.js';

/** What the first versions made in `public`, as far as a start looks. */
const EARLIER = `
  CREATE TABLE users (id uuid PRIMARY KEY, email text);
  INSERT INTO users VALUES (gen_random_uuid(), 'ada@example.com');
  CREATE TABLE token_families (id uuid);
  CREATE TABLE login_failures (failures integer);
  CREATE TABLE migrations (id integer, timestamp bigint, name text)`;

describe('Tables of an earlier version in the schema public', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'gatehouse-earlier-'));
  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

  it('Are left as they are, which the first start says once and in one sentence', async () => {
    const database = await createEmptyDatabase();
    const client = new Client(database.connection);
    await client.connect();
    await client.query(EARLIER);
    const printed: string[] = [];
    const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    const noticesOfAStart = async () => {
      printed.length = 0;
      const server = await startServerOn(database, dataFolder, { LOG_LEVEL: 'warn', DATABASE_SCHEMA: 'auth' });
      await server.stop({ drainSeconds: 0, graceSeconds: 10 });
      return printed.join('').match(/The tables of an earlier version[^\n]*/g) ?? [];
    };
    try {
      expect(await noticesOfAStart()).toEqual([expect.stringContaining('everything is in the schema auth now')]);
      expect(await noticesOfAStart()).toEqual([]);
    } finally {
      write.mockRestore();
    }
    expect((await client.query('SELECT email FROM public.users')).rows).toEqual([{ email: 'ada@example.com' }]);
    const { rows } = await client.query("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace");
    expect(rows).toHaveLength(5);
    const elsewhere = "SELECT to_regclass('auth.users') AS made, to_regnamespace('gatehouse') AS unasked";
    expect((await client.query(elsewhere)).rows).toEqual([{ made: 'auth.users', unasked: null }]);
    await client.end();
    await database.drop();
  });
});
