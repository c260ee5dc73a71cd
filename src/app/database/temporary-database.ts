import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { PostgresConnection } from './postgres-connection.js';

/** A database on a server that exists for as long as a test or a check needs it. */
export class TemporaryDatabase {
  private constructor(
    readonly connection: PostgresConnection,
    private readonly server: PostgresConnection,
  ) {}

  /** Creates a database as a copy of `template`, which nobody may be connected to; by default an empty one. */
  static async create(server: PostgresConnection, template = 'template0'): Promise<TemporaryDatabase> {
    const database = `gatehouse_${randomBytes(8).toString('hex')}`;
    await execute(server, `CREATE DATABASE ${database} TEMPLATE ${template}`);
    return new TemporaryDatabase({ ...server, database }, server);
  }

  /** Deletes the database, and ends connections that are still open to it. */
  drop(): Promise<void> {
    return execute(this.server, `DROP DATABASE IF EXISTS ${this.connection.database} WITH (FORCE)`);
  }
}

async function execute(server: PostgresConnection, statement: string): Promise<void> {
  const client = new Client(server);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
