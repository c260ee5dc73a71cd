import type { PostgresConnection } from '../../src/app/database/postgres-connection.js';
import { TemporaryDatabase } from '../../src/app/database/temporary-database.js';
import { KeyRing } from '../../src/common/crypto/key-ring.js';

/** The environment variable that carries TestServerDetails to the workers, as JSON. */
export const TEST_SERVER_VARIABLE = 'GATEHOUSE_TEST_SERVER';

/** A connection to the run's server, and the database on it that tests clone: migrated, with signing keys. */
export interface TestServerDetails {
  connection: PostgresConnection;
  template: string;
  /** The key ring that opens the signing keys. */
  secretKeys: string;
}

/** A database of one test's own, migrated and empty but for signing keys. */
export interface TestDatabase {
  connection: PostgresConnection;
  /** The key ring that opens the signing keys. */
  secretKeys: string;
  /** Deletes the database, and ends connections that are still open to it. */
  drop(): Promise<void>;
}

/** Clones the run's template; the server project's globalSetup made it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { connection, template, secretKeys } = testServerDetails();
  const database = await TemporaryDatabase.create(connection, template);
  return { connection: database.connection, secretKeys, drop: () => database.drop() };
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TemporaryDatabase> {
  return TemporaryDatabase.create(testServerDetails().connection);
}

/** The same with a key ring, for an application that imports us and runs the migrations by itself. */
export async function createHostDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  return { connection: database.connection, secretKeys: KeyRing.generate(), drop: () => database.drop() };
}

function testServerDetails(): TestServerDetails {
  const details = process.env[TEST_SERVER_VARIABLE];
  if (!details) throw new Error('There is no test server: only spec files below test/ have one.');
  return JSON.parse(details) as TestServerDetails;
}
