import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../ormconfig.js';
import { ConfigFaultsError } from '../../common/config/config-fault.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';

/** The server's database, with every migration run: one that is named, or an embedded one that lives with the process. */
export class ServerDatabase {
  private constructor(
    readonly connection: DatabaseConnection,
    private readonly embedded: EmbeddedPostgres | undefined,
  ) {}

  /** Raises EmbeddedPostgresError, or ConfigFaultsError for a named database that cannot be used. */
  static async start(
    named: DatabaseConnection | 'embedded',
    schema: string,
    dataFolder: string,
  ): Promise<ServerDatabase> {
    if (named !== 'embedded') {
      await migrateNamed(named, schema);
      return new ServerDatabase(named, undefined);
    }
    const embedded = await EmbeddedPostgres.start({ dataFolder });
    await migrate(new DataSource(dataSourceOptions(embedded.connection, schema)));
    return new ServerDatabase(embedded.connection, embedded);
  }

  /** Stops an embedded server; the application's connections are closed before. */
  async stop(): Promise<void> {
    await this.embedded?.stop();
  }
}

async function migrateNamed(connection: DatabaseConnection, schema: string): Promise<void> {
  try {
    await migrate(new DataSource(dataSourceOptions(connection, schema)));
  } catch (error) {
    const { message, code, query } = error as { message: string; code?: string; query?: string };
    if (query !== undefined) throw error;
    const problem = `names a database that cannot be used: ${message || code}`;
    const fix = 'start PostgreSQL there, or correct host, user, password or database name';
    throw new ConfigFaultsError([{ name: 'DATABASE_URL', problem, fix }]);
  }
}
