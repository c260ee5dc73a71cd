import { Client } from 'pg';
import { eventually } from './eventually.js';
import { digestOf, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** One row that requests can be made to wait for: that of a token, or that of an id. */
export type HeldRow = { readonly table: Table } & ({ readonly token: string } | { readonly id: string });

/**
 * Starts requests that all come to the same row, and holds that row until every one of them waits for it: what each
 * has read is then stale, as in the worst race. They come to the row in the order in which they are given.
 */
export async function race<Result>(
  app: TestApp,
  row: HeldRow,
  starts: readonly (() => Promise<Result>)[],
): Promise<Result[]> {
  const holder = new Client(app.database.connection);
  await holder.connect();
  try {
    await holder.query('BEGIN');
    const [column, value] = 'token' in row ? ['digest', digestOf(row.token)] : ['id', row.id];
    const held = await holder.query(`SELECT 1 FROM ${tableName(row.table)} WHERE ${column} = $1 FOR UPDATE`, [value]);
    expect(held.rowCount).toBe(1);
    const results: Promise<Result>[] = [];
    for (const start of starts) {
      results.push(start());
      await eventually(async () => {
        await holder.query('SELECT pg_stat_clear_snapshot()');
        expect((await holder.query(WAITING)).rowCount).toBe(results.length);
      });
    }
    await holder.query('COMMIT');
    return await Promise.all(results);
  } finally {
    await holder.end();
  }
}
