import type { PostgresConnection } from '../../src/app/database/postgres-connection.js';
import { TemporaryDatabase } from '../../src/app/database/temporary-database.js';

/** The environment variable that carries TestServerDetails to the workers, as JSON. */
export const TEST_SERVER_VARIABLE = 'GATEHOUSE_TEST_SERVER';

/** A connection to the run's server, and the name of the migrated database on it that tests clone. */
export interface TestServerDetails {
  connection: PostgresConnection;
  template: string;
}

/** A database of one test's own, migrated and empty. */
export interface TestDatabase {
  connection: PostgresConnection;
  /** Deletes the database, and ends connections that are still open to it. */
  drop(): Promise<void>;
}

/** Clones the run's migrated template; the server project's globalSetup made it. */
export function createTestDatabase(): Promise<TestDatabase> {
  const { connection, template } = testServerDetails();
  return TemporaryDatabase.create(connection, template);
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return TemporaryDatabase.create(testServerDetails().connection);
}

function testServerDetails(): TestServerDetails {
  const details = process.env[TEST_SERVER_VARIABLE];
  if (!details) throw new Error('There is no test server: only spec files below test/ have one.');
  return JSON.parse(details) as TestServerDetails;
}
