import { Client } from 'pg';
import { PostgresNotifications } from '../../src/common/database/postgres-notifications.js';
import { sql, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** Ends the connection by which every node of the app hears what others announce. */
export async function cutAnnouncements(app: TestApp): Promise<void> {
  await sql(
    app,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'gatehouse-listen' AND datname = current_database()`,
  );
}

/** How many connections to the app's database are open by which nodes hear what others announce. */
export async function listeningConnections(app: TestApp): Promise<number> {
  const text = `SELECT 1 FROM pg_stat_activity
    WHERE application_name = 'gatehouse-listen' AND datname = current_database()`;
  return (await sql(app, text)).length;
}

/** True while the node hears what others announce. */
export function hearsAnnouncements(node: TestApp): boolean {
  return node.port(PostgresNotifications).isConnected;
}

/** Does something while changes of this table are announced to nobody. */
export async function withoutAnnouncements(app: TestApp, table: Table, work: () => Promise<void>): Promise<void> {
  const trigger = `TRIGGER ${table}_announce`;
  await sql(app, `ALTER TABLE ${tableName(table)} DISABLE ${trigger}`);
  await work();
  await sql(app, `ALTER TABLE ${tableName(table)} ENABLE ${trigger}`);
}

/** The channels on which the app's database announces something meanwhile, each as often as it does. */
export async function announcementsDuring(
  app: TestApp,
  channels: readonly string[],
  work: () => Promise<unknown>,
): Promise<string[]> {
  const client = new Client(app.database.connection);
  await client.connect();
  const heard: string[] = [];
  try {
    client.on('notification', ({ channel }) => heard.push(channel));
    for (const channel of channels) await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
    await work();
    // What was committed before is delivered with the answer to this.
    await client.query('SELECT 1');
    return heard;
  } finally {
    await client.end();
  }
}
