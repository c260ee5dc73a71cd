import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../ormconfig.js';
import { ConfigFaultsError } from '../../common/config/config-fault.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { hasEarlierTables } from './earlier-tables.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { migrate } from './migrate.js';

/**
 * The server's database, with every migration run: the one that DATABASE_URL names, or an embedded one that lives as
 * long as the process.
 */
export class ServerDatabase {
  private constructor(
    readonly connection: DatabaseConnection,
    /** One sentence for the operator about the migrations that ran at this start; undefined when none ran. */
    readonly notice: string | undefined,
    private readonly embedded: EmbeddedPostgres | undefined,
  ) {}

  /** Raises EmbeddedPostgresError, or ConfigFaultsError for a named database that cannot be used. */
  static async start(
    named: DatabaseConnection | 'embedded',
    schema: string,
    dataFolder: string,
  ): Promise<ServerDatabase> {
    if (named !== 'embedded') return new ServerDatabase(named, await migrateNamed(named, schema), undefined);
    const embedded = await EmbeddedPostgres.start({ dataFolder });
    try {
      return new ServerDatabase(embedded.connection, await migrateSchema(embedded.connection, schema), embedded);
    } catch (error) {
      await embedded.stop();
      throw error;
    }
  }

  /** Stops an embedded server; the application's connections are closed before. */
  async stop(): Promise<void> {
    await this.embedded?.stop();
  }
}

async function migrateNamed(connection: DatabaseConnection, schema: string): Promise<string | undefined> {
  try {
    return await migrateSchema(connection, schema);
  } catch (error) {
    const { message, code, query } = error as { message: string; code?: string; query?: string };
    if (query !== undefined) throw error;
    const problem = `names a database that cannot be used: ${message || code}`;
    const fix = 'start PostgreSQL there, or correct host, user, password or database name';
    throw new ConfigFaultsError([{ name: 'DATABASE_URL', problem, fix }]);
  }
}

/** Returns the notice. Only a start that migrates looks for earlier tables, so that they are mentioned once. */
async function migrateSchema(connection: DatabaseConnection, schema: string): Promise<string | undefined> {
  const options = dataSourceOptions(connection, schema);
  const isNew = (await migrate(new DataSource(options))) > 0;
  if (!isNew || schema === 'public' || !(await hasEarlierTables(new DataSource(options)))) return undefined;
  return (
    `The tables of an earlier version in the schema public are left as they are and not used any more: ` +
    `everything is in the schema ${schema} now, and nothing was copied.`
  );
}
