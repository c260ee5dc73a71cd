import type { DataSource } from 'typeorm';

const QUERY = `SELECT to_regclass('public.token_families') IS NOT NULL
  AND to_regclass('public.login_failures') IS NOT NULL AS "areThere"`;

/**
 * True when the schema `public` holds tables of the first versions of Gatehouse, which had no schema of their own. They
 * are left as they are, and nothing reads them.
 */
export async function hasEarlierTables(dataSource: DataSource): Promise<boolean> {
  await dataSource.initialize();
  try {
    const [row] = await dataSource.query<{ areThere: boolean }[]>(QUERY);
    return row?.areThere === true;
  } finally {
    await dataSource.destroy();
  }
}
