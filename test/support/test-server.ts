import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { EmbeddedPostgres } from '../../src/app/database/embedded-postgres.js';
import { migrate } from '../../src/app/database/migrate.js';
import { type PostgresConnection, parseConnectionUrl } from '../../src/app/database/postgres-connection.js';
import { TemporaryDatabase } from '../../src/app/database/temporary-database.js';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import { DatabaseSchema } from '../../src/common/database/database-schema.js';
import { PreparedSql } from '../../src/common/database/prepared-sql.js';
import { SigningKeyRepository } from '../../src/oauth-server/keys/signing-key.repository.js';
import { TestClock } from './test-clock.js';
import { TEST_SERVER_VARIABLE, type TestServerDetails } from './test-database.js';

/** A test server may lose everything in a power failure. */
const FAST_SETTINGS = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' };

let stop: () => Promise<void> = async () => {};

/** Starts the run's PostgreSQL server (that of DATABASE_URL, else an embedded one) and migrates the template. */
export async function startTestServer(): Promise<void> {
  const connection = process.env.DATABASE_URL ? parseConnectionUrl(process.env.DATABASE_URL) : await startEmbedded();
  const stopServer = stop;
  const template = await TemporaryDatabase.create(connection);
  stop = async () => {
    await template.drop();
    await stopServer();
  };
  const dataSource = new DataSource(dataSourceOptions(template.connection));
  await migrate(dataSource);
  const secretKeys = KeyRing.generate();
  await makeSigningKeys(dataSource, secretKeys);
  const details: TestServerDetails = { connection, template: template.connection.database, secretKeys };
  process.env[TEST_SERVER_VARIABLE] = JSON.stringify(details);
}

/** Undoes `startTestServer`. */
export function stopTestServer(): Promise<void> {
  return stop();
}

/** Once for the run, because making RSA keys costs more than starting a server. */
async function makeSigningKeys(dataSource: DataSource, secretKeys: string): Promise<void> {
  await dataSource.initialize();
  const schema = new DatabaseSchema();
  const sql = new PreparedSql(dataSource, schema);
  await new SigningKeyRepository(sql, KeyRing.parse(secretKeys), new TestClock()).complete();
  await dataSource.destroy();
}

async function startEmbedded(): Promise<PostgresConnection> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'gatehouse-test-'));
  const postgres = await EmbeddedPostgres.start({ dataFolder, settings: FAST_SETTINGS });
  stop = async () => {
    await postgres.stop();
    await rm(dataFolder, { recursive: true });
  };
  return postgres.connection;
}
