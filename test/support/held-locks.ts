import { Client } from 'pg';
import { sql, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** Does something while a transaction that somebody forgot locks the whole table, so that nobody reads or writes it. */
export async function whileLocked<Result>(app: TestApp, table: Table, work: () => Promise<Result>): Promise<Result> {
  const holder = new Client(app.database.connection);
  await holder.connect();
  try {
    await holder.query(`BEGIN; LOCK TABLE ${tableName(table)} IN ACCESS EXCLUSIVE MODE`);
    return await work();
  } finally {
    await holder.end();
  }
}

/** Has the database refuse every row of the table that says this in the column. */
export async function refuseRows(app: TestApp, table: Table, column: string, value: string): Promise<void> {
  await sql(app, `ALTER TABLE ${tableName(table)} ADD CONSTRAINT refused CHECK ("${column}" <> '${value}')`);
}
