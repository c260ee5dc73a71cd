import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../src/app/database/embedded-postgres.js';
import { type PostgresConnection, parseConnectionUrl } from '../src/app/database/postgres-connection.js';
import { TemporaryDatabase } from '../src/app/database/temporary-database.js';

/** The one database that both servers work on, with PostgreSQL's own defaults for durability. */
export class BenchDatabase {
  private constructor(
    readonly url: string,
    /** Deletes the database, and the server if it was started for this run. */
    readonly stop: () => Promise<void>,
  ) {}

  /** A database of its own on the server of DATABASE_URL, else on an embedded server in a temporary folder. */
  static start(serverUrl: string | undefined): Promise<BenchDatabase> {
    return serverUrl ? BenchDatabase.#onServer(serverUrl) : BenchDatabase.#embedded();
  }

  static async #onServer(serverUrl: string): Promise<BenchDatabase> {
    const database = await TemporaryDatabase.create(parseConnectionUrl(serverUrl));
    const url = new URL(serverUrl);
    url.pathname = `/${database.connection.database}`;
    return new BenchDatabase(url.href, () => database.drop());
  }

  static async #embedded(): Promise<BenchDatabase> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
    const postgres = await EmbeddedPostgres.start({ dataFolder });
    return new BenchDatabase(urlOf(postgres.connection), async () => {
      await postgres.stop();
      await rm(dataFolder, { recursive: true });
    });
  }
}

function urlOf({ host, port, user, password = '', database }: PostgresConnection): string {
  const url = new URL(`postgres://localhost:${port}/${database}`);
  url.username = user;
  url.password = password;
  url.searchParams.set('host', host);
  return url.href;
}
