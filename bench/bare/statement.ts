import { Pool } from 'pg';

/** The database of the benchmark; this server has a schema of its own in it. */
export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  onConnect: (connection) => connection.query('SET plan_cache_mode = force_generic_plan'),
});

/** A named prepared statement, as a function of its values. */
export function statement<Row extends object>(name: string, text: string): (...values: unknown[]) => Promise<Row[]> {
  return async (...values) => (await pool.query<Row>({ name, text, values })).rows;
}
