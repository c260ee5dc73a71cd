import { Client } from 'pg';
import { eventually } from './eventually.js';
import type { TestApp } from './test-app.js';

const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/**
 * Starts requests that all come to the same row, and holds that row until every one of them waits for it: what each
 * has read is then stale, as in the worst race. The SQL selects the row by $1.
 */
export async function race<Result>(
  app: TestApp,
  row: { readonly sql: string; readonly value: unknown },
  start: () => Promise<Result>[],
): Promise<Result[]> {
  const holder = new Client(app.database.connection);
  await holder.connect();
  try {
    await holder.query('BEGIN');
    const { rowCount } = await holder.query(`${row.sql} FOR UPDATE`, [row.value]);
    expect(rowCount).toBe(1);
    const results = start();
    await eventually(async () => {
      await holder.query('SELECT pg_stat_clear_snapshot()');
      expect((await holder.query(WAITING)).rowCount).toBe(results.length);
    });
    await holder.query('COMMIT');
    return await Promise.all(results);
  } finally {
    await holder.end();
  }
}
