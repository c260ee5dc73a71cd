import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../ormconfig.js';
import { ConfigFaultsError } from '../../common/config/config-fault.js';
import type { DatabaseConnection } from '../../common/database/database-connection.js';
import { PoolerError } from '../../common/database/pooler.js';
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

  /**
   * Raises EmbeddedPostgresError, or ConfigFaultsError for a named database that cannot be used. Migrations need a
   * session, so they go by the direct URL where there is one.
   */
  static async start(
    named: DatabaseConnection | 'embedded',
    schema: string,
    dataFolder: string,
    directUrl?: string,
  ): Promise<ServerDatabase> {
    if (named !== 'embedded') {
      const notice = await (directUrl === undefined
        ? migrateNamed('DATABASE_URL', named, schema)
        : migrateNamed('DATABASE_DIRECT_URL', { url: directUrl }, schema));
      return new ServerDatabase(named, notice, undefined);
    }
    const embedded = await EmbeddedPostgres.start({ dataFolder });
    try {
      return new ServerDatabase(embedded.connection, await migrateSchema(embedded.connection, schema), embedded);
    } catch (error) {
      await embedded.stop();
      throw error;
    }
  }

  /** A named database whose migrations run by `gatehouse migrate` alone. */
  static asItIs(named: DatabaseConnection): ServerDatabase {
    return new ServerDatabase(named, undefined, undefined);
  }

  /** Stops an embedded server; the application's connections are closed before. */
  async stop(): Promise<void> {
    await this.embedded?.stop();
  }
}

async function migrateNamed(
  name: 'DATABASE_URL' | 'DATABASE_DIRECT_URL',
  connection: DatabaseConnection,
  schema: string,
): Promise<string | undefined> {
  try {
    return await migrateSchema(connection, schema);
  } catch (error) {
    if (error instanceof PoolerError) throw new ConfigFaultsError([{ name, problem: error.problem, fix: error.fix }]);
    const { message, code = '', query } = error as { message: string; code?: string; query?: string };
    if (code === MISSING_RIGHT) throw new ConfigFaultsError([{ name, ...withoutRight(message, schema) }]);
    if (query !== undefined) throw error;
    const problem = `names a database that cannot be used: ${message || code}`;
    throw new ConfigFaultsError([
      { name, problem, fix: CERTIFICATE_FAULT.test(code) ? CERTIFICATE_FIX : CONNECTION_FIX },
    ]);
  }
}

/** What PostgreSQL says to a role that lacks a right. */
const MISSING_RIGHT = '42501';

function withoutRight(message: string, schema: string): { problem: string; fix: string } {
  return {
    problem: `names a role that may not make what is missing in the schema ${schema}: ${message}`,
    fix:
      'as the owner of the database run GRANT CREATE ON DATABASE <database> TO <role>, or ' +
      `ALTER SCHEMA ${schema} OWNER TO <role> where the schema is there; the role owns all tables, since it makes partitions`,
  };
}

const CONNECTION_FIX = 'start PostgreSQL there, or correct host, user, password or database name';

/** As Node.js calls a certificate of the server that is not taken. Examples: `DEPTH_ZERO_SELF_SIGNED_CERT`, `CERT_HAS_EXPIRED`. */
const CERTIFICATE_FAULT = /CERT|UNABLE_TO_(GET|VERIFY)|TLS_CERT/;

const CERTIFICATE_FIX =
  'add sslmode=verify-full&sslrootcert=/path/ca.crt with the authority that signed the certificate; sslmode=no-verify encrypts as libpq does for require, and lets anybody in between read along';

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
