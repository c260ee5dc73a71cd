import type { Pool, QueryConfig } from 'pg';
import { DataSource } from 'typeorm';
import { SCHEMA } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** The names of the prepared statements that the app sends meanwhile, without the schema, and `unnamed` for any other. */
export async function statementsDuring(
  app: TestApp,
  work: (sent: readonly string[]) => Promise<unknown>,
): Promise<string[]> {
  const { master: pool } = app.port(DataSource).driver as unknown as { master: Pool };
  const { query } = pool;
  const names: string[] = [];
  pool.query = ((statement: QueryConfig, ...more: unknown[]) => {
    names.push(statement.name?.replace(`${SCHEMA}.`, '') ?? 'unnamed');
    return (query as (...sent: unknown[]) => unknown).call(pool, statement, ...more);
  }) as Pool['query'];
  try {
    await work(names);
    return names;
  } finally {
    pool.query = query;
  }
}
