import pg from 'pg';

const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  onConnect: (connection) => connection.query('SET plan_cache_mode = force_generic_plan'),
});

/** Runs a named prepared statement. */
export const run = (name, text, values) => pool.query({ name, text, values });

/** Makes the tables of a peer anew, in a schema of its own. */
export const make = (sql) => pool.query(sql);
