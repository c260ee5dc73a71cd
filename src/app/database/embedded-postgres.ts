import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { openAccess } from './postgres-access.js';
import { PostgresAccount } from './postgres-account.js';
import { locatePostgresBinaries } from './postgres-binaries.js';
import type { PostgresConnection } from './postgres-connection.js';
import { PostgresDataFolder } from './postgres-data-folder.js';
import { waitForPreviousOwner } from './postgres-owner.js';
import { PostgresProcess } from './postgres-process.js';

const NAME = 'gatehouse';

/** Settings that are small enough for a laptop. */
const SETTINGS = { shared_buffers: '32MB', max_connections: '50', log_min_messages: 'fatal' };

/**
 * A PostgreSQL server of our own, for development, tests and small installations without DATABASE_URL.
 *
 * It listens on a unix socket in a private folder, runs as an unprivileged user when this process is root, and stops
 * with this process however that ends.
 */
export class EmbeddedPostgres {
  private constructor(
    /** How pg and TypeORM connect; `host` is the folder of a unix socket except on Windows. */
    readonly connection: PostgresConnection,
    private readonly server: PostgresProcess,
  ) {}

  /**
   * Starts the server on a data folder, which is created when absent, and creates the database `gatehouse` in it.
   * `settings` are PostgreSQL's (`fsync: 'off'`). Waits for a server whose process was killed a moment ago.
   * Raises EmbeddedPostgresError, which names what to change.
   */
  static async start(options: { dataFolder: string; settings?: Record<string, string> }): Promise<EmbeddedPostgres> {
    const account = new PostgresAccount();
    const binaries = await locatePostgresBinaries(account);
    const folder = new PostgresDataFolder(options.dataFolder, account);
    folder.create();
    await waitForPreviousOwner(folder);
    const access = await openAccess(folder, account);
    folder.initialise(binaries, access.initdbOptions);
    const settings = { ...SETTINGS, ...options.settings, ...access.settings };
    const server = new PostgresProcess(binaries, folder.cluster, settings, account);
    const connection = { ...access.address, user: NAME, database: NAME };
    try {
      await createDatabase(connection, server);
    } catch (error) {
      await server.stop();
      await waitForPreviousOwner(folder);
      throw folder.unusable(`${(error as Error).message} ${server.messages}`);
    }
    folder.removePartialClusters();
    server.unref();
    return new EmbeddedPostgres(connection, server);
  }

  /** Stops the server and waits until it is gone; open connections end. */
  async stop(): Promise<void> {
    await this.server.stop();
  }
}

async function createDatabase(connection: PostgresConnection, server: PostgresProcess): Promise<void> {
  const client = await connectWhenReady({ ...connection, database: 'postgres' }, server);
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [connection.database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${connection.database}`);
  } finally {
    await client.end();
  }
}

async function connectWhenReady(connection: PostgresConnection, server: PostgresProcess): Promise<Client> {
  for (;;) {
    const client = new Client(connection);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (!server.running) throw new Error('the server ended at once.', { cause: error });
      await delay(10);
    }
  }
}
