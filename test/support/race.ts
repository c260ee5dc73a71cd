import { Client } from 'pg';
import { eventually } from './eventually.js';
import { digestOf, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

const WAITING = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** What requests can be made to wait for: the row of a token or of an id, or all rows of a subject. */
export type HeldRow = { readonly table: Table } & (
  | { readonly token: string }
  | { readonly id: string }
  | { readonly subject: string }
);

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
    const [column, value] = heldBy(row);
    const held = await holder.query(`SELECT 1 FROM ${tableName(row.table)} WHERE ${column} = $1 FOR UPDATE`, [value]);
    expect(held.rowCount).toBeGreaterThan(0);
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

function heldBy(row: HeldRow): readonly [column: string, value: string | Buffer] {
  if ('token' in row) return ['digest', digestOf(row.token)];
  return 'id' in row ? ['id', row.id] : ['subject', row.subject];
}
