import { eventually } from './eventually.js';
import { sql } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** Waits until so many statements of the app wait for a row, a transaction or a table that somebody holds. */
export async function untilWaiting(app: TestApp, count: number): Promise<void> {
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await eventually(async () => expect(await sql(app, waiting)).toHaveLength(count));
}
