import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { TestApp } from './test-app.js';
import type { TestClient } from './test-client.js';

/** Where the tables stand. */
export const SCHEMA = 'gatehouse';

/** A table that tests look into. */
export type Table =
  | 'access_tokens'
  | 'authorization_codes'
  | 'authorizations'
  | 'checked_passwords'
  | 'clients'
  | 'client_secrets'
  | 'linked_accounts'
  | 'remote_revocations'
  | 'login_flows'
  | 'refresh_tokens'
  | 'revocations'
  | 'scopes'
  | 'refresh_answers'
  | 'sign_in_sessions'
  | 'signing_keys'
  | 'token_families'
  | 'users';

/** One row by its column names. */
export type Row = Record<string, unknown>;

/** The table as SQL names it. */
export function tableName(table: Table): string {
  return `"${SCHEMA}"."${table}"`;
}

/** The digest as which a token is stored. */
export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The rows whose columns have these values. */
export function rowsOf(app: TestApp, table: Table, where: Row = {}): Promise<Row[]> {
  return sql(app, `SELECT * FROM ${tableName(table)} ${conditionOf(where)}`, Object.values(where));
}

/** How many rows have these values. */
export async function countOf(app: TestApp, table: Table, where: Row = {}): Promise<number> {
  return (await rowsOf(app, table, where)).length;
}

/** The row of a token, a code or a sign-in session; undefined where none is stored. */
export async function rowOf(app: TestApp, table: Table, token: string): Promise<Row | undefined> {
  return (await rowsOf(app, table, { digest: digestOf(token) }))[0];
}

/** The whole table as text, as a thief of the database would read it. */
export async function dumpOf(app: TestApp, table: Table): Promise<string> {
  return JSON.stringify(await sql(app, `SELECT t::text FROM ${tableName(table)} t`));
}

/** Changes the rows whose columns have these values. */
export async function changeRows(app: TestApp, table: Table, where: Row, changes: Row): Promise<void> {
  const columns = Object.keys(changes);
  const assignments = columns.map((column, index) => `"${column}" = $${index + 1}`).join(', ');
  const condition = conditionOf(where, columns.length);
  const values = [...Object.values(changes), ...Object.values(where)];
  await sql(app, `UPDATE ${tableName(table)} SET ${assignments} ${condition}`, values);
}

/** Deletes the rows whose columns have these values. */
export async function deleteRows(app: TestApp, table: Table, where: Row = {}): Promise<void> {
  await sql(app, `DELETE FROM ${tableName(table)} ${conditionOf(where)}`, Object.values(where));
}

/** Takes a client out of use, as the operator does. */
export async function disableClient({ app, id }: TestClient): Promise<void> {
  await changeRows(app, 'clients', { client_id: id }, { disabled_at: new Date() });
}

/** Takes a client into use again, as the operator does. */
export async function enableClient({ app, id }: TestClient): Promise<void> {
  await changeRows(app, 'clients', { client_id: id }, { disabled_at: null });
}

/** Rows of a statement on the app's database; for test/support alone, which knows the names of tables. */
export function sql(app: TestApp, text: string, values: unknown[] = []): Promise<Row[]> {
  return app.port(DataSource).query(text, values);
}

function conditionOf(where: Row, offset = 0): string {
  const columns = Object.keys(where);
  const conditions = columns.map((column, index) => `"${column}" = $${offset + index + 1}`);
  return columns.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
}
