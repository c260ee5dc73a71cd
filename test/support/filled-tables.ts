import { fillTables as fill, filledTables } from '../../bench/growth/fill-tables.js';
import { SCHEMA, sql } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** Keeps PostgreSQL from collecting statistics by itself, so that a test says when. */
export async function withoutAutovacuum(app: TestApp): Promise<void> {
  const tables = await sql(
    app,
    `SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relnamespace = '${SCHEMA}'::regnamespace AND c.relkind = 'r'`,
  );
  for (const { name } of tables) await sql(app, `ALTER TABLE ${name} SET (autovacuum_enabled = false)`);
}

/** Fills every table with so many rows, those with partitions in the two that are in use. */
export function fillTables(app: TestApp, rows: number): Promise<void> {
  return fill((text) => sql(app, text), rows);
}

/** Takes the filling out again, and whatever else was in the tables that are filled. */
export async function emptyTables(app: TestApp): Promise<void> {
  const tables = await filledTables((text) => sql(app, text));
  await sql(app, `TRUNCATE ${tables.join(', ')} CASCADE`);
}

/** Collects the statistics of every table. */
export async function analyse(app: TestApp): Promise<void> {
  await sql(app, 'ANALYZE');
}
