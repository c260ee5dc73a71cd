import type { Pool, QueryConfig } from 'pg';
import { DataSource } from 'typeorm';
import { SCHEMA } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** The statements that a node sends by itself every few seconds, to hear and to read what is new. */
const BY_ITSELF = new Set([
  'heartbeat-send',
  'clock-instant',
  'revocations-mark',
  'revocations-live-since',
  'token-cutoffs-noted-since',
  'signing-keys-all',
  'scopes-all',
]);

/** The names of the prepared statements that the app sends meanwhile, without the schema, and `unnamed` for any other; less those of the node itself. */
export async function statementsDuring(
  app: TestApp,
  work: (sent: readonly string[]) => Promise<unknown>,
): Promise<string[]> {
  const { master: pool } = app.port(DataSource).driver as unknown as { master: Pool };
  const { query } = pool;
  const names: string[] = [];
  pool.query = ((statement: QueryConfig, ...more: unknown[]) => {
    const name = statement.name?.replace(`${SCHEMA}.`, '') ?? 'unnamed';
    if (!BY_ITSELF.has(name)) names.push(name);
    return (query as (...sent: unknown[]) => unknown).call(pool, statement, ...more);
  }) as Pool['query'];
  try {
    await work(names);
    return names;
  } finally {
    pool.query = query;
  }
}
