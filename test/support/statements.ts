import { Client } from 'pg';
import { Statement } from '../../src/common/database/statement.js';
import type { TestApp } from './test-app.js';

/** A statement of the product that PostgreSQL refuses, with its complaint. */
export interface RefusedStatement {
  readonly name: string;
  readonly complaint: string;
}

/** The names of all statements of the modules that are loaded. */
export function statementNames(): string[] {
  return Statement.all().map(({ name }) => name);
}

/** Has PostgreSQL prepare every statement as it is written, on a connection that looks into no schema by itself. */
export async function refusedStatements(app: TestApp): Promise<RefusedStatement[]> {
  const client = new Client(app.database.connection);
  await client.connect();
  const refused: RefusedStatement[] = [];
  try {
    await client.query("SET search_path = ''");
    for (const { name, text } of Statement.all()) {
      await client.query(`PREPARE "${name}" AS ${text}`).catch(({ message: complaint }: Error) => {
        refused.push({ name, complaint });
      });
    }
  } finally {
    await client.end();
  }
  return refused;
}
