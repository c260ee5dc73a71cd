import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { PostgresAccount } from './postgres-account.js';
import { locatePostgresBinaries } from './postgres-binaries.js';
import { PostgresDataFolder } from './postgres-data-folder.js';
import { waitForPreviousOwner } from './postgres-owner.js';
import { PostgresProcess } from './postgres-process.js';

const DATABASE = 'gatehouse';
const PORT = 5432;

/** Small enough for a laptop; the socket folder is the only way in, so filesystem rights are the authentication. */
const SETTINGS = {
  listen_addresses: '',
  shared_buffers: '32MB',
  max_connections: '50',
  log_min_messages: 'fatal',
};

/**
 * A PostgreSQL server of our own, for development, tests and small installations without DATABASE_URL.
 *
 * It listens on a unix socket in a private folder, runs as an unprivileged user when this process is root, and stops
 * with this process however that ends.
 */
export class EmbeddedPostgres {
  private constructor(
    readonly connection: { host: string; port: number; user: string; database: string; password?: string },
    private readonly server: PostgresProcess,
  ) {}

  /**
   * Starts the server on a data folder, which is created when absent, and creates the database `gatehouse` in it.
   * `settings` are PostgreSQL's (`fsync: 'off'`). Raises EmbeddedPostgresError, naming what to change.
   */
  static async start(options: { dataFolder: string; settings?: Record<string, string> }): Promise<EmbeddedPostgres> {
    const account = new PostgresAccount();
    const binaries = await locatePostgresBinaries(account);
    const folder = new PostgresDataFolder(options.dataFolder, account);
    folder.create();
    folder.initialise(binaries, options.settings?.fsync !== 'off');
    await waitForPreviousOwner(folder);
    const socketFolder = createSocketFolder(account);
    const settings = {
      ...SETTINGS,
      ...options.settings,
      port: String(PORT),
      unix_socket_directories: socketFolder,
    };
    const command = [binaries.postgres, '-D', folder.cluster];
    for (const [name, value] of Object.entries(settings)) command.push('-c', `${name}=${value}`);
    const server = new PostgresProcess(command, socketFolder, account);
    const connection = { host: socketFolder, port: PORT, user: 'gatehouse', database: DATABASE };
    try {
      await createDatabase(connection, server);
    } catch (error) {
      await server.stop();
      await waitForPreviousOwner(folder);
      throw folder.unusable(`${(error as Error).message}\n${server.messages}`);
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

/** A socket's whole path may have 103 bytes on macOS, hence the way out to /tmp. */
function createSocketFolder(account: PostgresAccount): string {
  const parent = tmpdir().length < 70 && account.canEnter(tmpdir()) ? tmpdir() : '/tmp';
  const folder = mkdtempSync(join(parent, 'gatehouse-'));
  chmodSync(folder, 0o700);
  account.own(folder);
  return folder;
}

async function createDatabase(connection: EmbeddedPostgres['connection'], server: PostgresProcess): Promise<void> {
  const client = await connectWhenReady({ ...connection, database: 'postgres' }, server);
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function connectWhenReady(connection: EmbeddedPostgres['connection'], server: PostgresProcess): Promise<Client> {
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
