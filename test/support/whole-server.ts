import { EmbeddedPostgres } from '../../src/app/database/embedded-postgres.js';
import type { PostgresConnection } from '../../src/app/database/postgres-connection.js';
import { readEnvironment } from '../../src/app/environment/environment-reader.js';
import { GatehouseServer } from '../../src/app/gatehouse-server.js';

/** Environment variables in place of the usual ones of a test. */
export type Variables = Readonly<Record<string, string>>;

/** Starts the server as `npm start` does, without its demonstration, and with a free port unless PORT says another. */
export async function startServer(dataFolder: string, variables: Variables = {}): Promise<GatehouseServer> {
  return GatehouseServer.start(await settingsOf(dataFolder, variables));
}

/** Starts the server on a database of the test's own, such as that of a PostgreSQL server which it can stop meanwhile. */
export async function startServerOn(
  { connection: database }: { readonly connection: PostgresConnection },
  dataFolder: string,
  variables: Variables = {},
): Promise<GatehouseServer> {
  return GatehouseServer.start({ ...(await settingsOf(dataFolder, variables)), database });
}

/** Starts the PostgreSQL server that comes with the package, on this data folder. */
export function startEmbeddedPostgres(dataFolder: string, settings = {}): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ dataFolder, settings });
}

async function settingsOf(dataFolder: string, variables: Variables = {}) {
  const quiet = { PORT: '0', DATA_FOLDER: dataFolder, LOG_LEVEL: 'fatal' };
  return { ...(await readEnvironment({ ...quiet, ...variables })), demo: false };
}
