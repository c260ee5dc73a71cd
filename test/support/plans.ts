import { DataSource } from 'typeorm';
import { Statement } from '../../src/common/database/statement.js';
import { ACCESS_TOKENS } from '../../src/oauth-server/storage/expiring-tables.js';
import type { TestApp } from './test-app.js';

/**
 * How PostgreSQL would run the look-up of this opaque token on a connection of the app's pool, whatever is in the
 * partitions that are not opened.
 */
export async function plansOfOpaqueLookUp(app: TestApp, token: string): Promise<string> {
  const text = Statement.all().find(({ name }) => name === 'access-token-find')?.text;
  const { period, digest } = ACCESS_TOKENS.keyOf(token) ?? {};
  const runner = app.port(DataSource).createQueryRunner();
  try {
    await runner.query(`PREPARE look_up AS ${text}`);
    const explain = `EXPLAIN (ANALYZE, COSTS OFF) EXECUTE look_up(ARRAY[${period}], ARRAY['\\x${digest?.toString('hex')}'::bytea])`;
    const rows: { 'QUERY PLAN': string }[] = await runner.query(explain);
    await runner.query('DEALLOCATE look_up');
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await runner.release();
  }
}
