import { SCHEMA, sql, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** Adds a column to every table, as a migration of the next version could. */
export async function addColumnEverywhere(app: TestApp): Promise<void> {
  const tables = await sql(
    app,
    `SELECT relname AS name FROM pg_class
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = '${SCHEMA}'::regnamespace`,
  );
  for (const { name } of tables) {
    const column = "newer text NOT NULL DEFAULT 'of the next version'";
    await sql(app, `ALTER TABLE "${SCHEMA}"."${name}" ADD COLUMN ${column}`);
  }
}

/** Does something while the table has another name, so that nobody can read it. */
export async function withoutTable(app: TestApp, table: Table, work: () => Promise<void>): Promise<void> {
  await sql(app, `ALTER TABLE ${tableName(table)} RENAME TO elsewhere`);
  await sql(app, `UPDATE "${SCHEMA}".elsewhere SET description = description || '.'`);
  await work();
  await sql(app, `ALTER TABLE "${SCHEMA}".elsewhere RENAME TO ${table}`);
}

/** Has the database forget that it was migrated. */
export async function forgetMigrations(app: TestApp): Promise<void> {
  const forgotten = await sql(app, `SELECT 1 FROM "${SCHEMA}".migrations`);
  expect(forgotten).not.toEqual([]);
  await sql(app, `DELETE FROM "${SCHEMA}".migrations`);
}
