import { Client } from 'pg';
import { SCHEMA, sql, type Table, tableName } from './stored-rows.js';
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

/** Has the next updates of a table fail, as they do while the server shuts down, so many times. */
export async function failUpdates(app: TestApp, table: Table, times: number): Promise<void> {
  await sql(app, `CREATE SEQUENCE ${SCHEMA}.failed_updates`);
  await sql(
    app,
    `CREATE FUNCTION ${SCHEMA}.fail_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       IF nextval('${SCHEMA}.failed_updates') <= ${times} THEN RAISE 'shutting down' USING ERRCODE = '57P01'; END IF;
       RETURN NEW;
     END $$`,
  );
  await sql(
    app,
    `CREATE TRIGGER fail_update BEFORE UPDATE OF sealed_tokens ON ${tableName(table)} FOR EACH ROW EXECUTE FUNCTION ${SCHEMA}.fail_update()`,
  );
}

/** How many updates were tried since. */
export async function triedUpdates(app: TestApp): Promise<number> {
  const [row] = await sql(app, `SELECT last_value FROM ${SCHEMA}.failed_updates`);
  return Number(row?.last_value);
}
