import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** The environment variable that tells the workers where the server is and which database to clone, as JSON. */
export const TEST_SERVER_VARIABLE = 'GATEHOUSE_TEST_SERVER';

/** A database on the test server, in the terms of pg. */
export interface TestConnection {
  host: string;
  port: number;
  user: string;
  password?: string;
  database: string;
}

/** What the workers know: a connection to the server, and the migrated template on it. */
export interface TestServerDetails {
  connection: TestConnection;
  template: string;
}

/** A database of one test's own, migrated and empty. */
export interface TestDatabase {
  connection: TestConnection;
  /** Deletes the database, together with connections that are still open. */
  drop(): Promise<void>;
}

/** Clones the run's migrated template. Needs the server project's globalSetup (test/support/start-database.mjs). */
export function createTestDatabase(): Promise<TestDatabase> {
  const details = process.env[TEST_SERVER_VARIABLE];
  if (!details) throw new Error('There is no test server: run this file through npm test, below test/.');
  const { connection, template } = JSON.parse(details) as TestServerDetails;
  return createDatabase(connection, template);
}

/** Creates a database beside another one, as a copy of `template` or empty. */
export async function createDatabase(server: TestConnection, template = 'template0'): Promise<TestDatabase> {
  const database = `gatehouse_test_${randomBytes(8).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${database} TEMPLATE ${template} STRATEGY file_copy`);
  return {
    connection: { ...server, database },
    drop: () => execute(server, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
  };
}

async function execute(server: TestConnection, statement: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
