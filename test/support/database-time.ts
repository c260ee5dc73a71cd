import { sql } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/**
 * Has every connection that is opened from now on be told another time, as by another server behind the same address, and
 * ends those that are there.
 */
export async function meetAnotherServer(app: TestApp, aheadSeconds: number): Promise<void> {
  const { database } = app.database.connection;
  await sql(
    app,
    `CREATE SCHEMA other_server;
     CREATE FUNCTION other_server.clock_timestamp() RETURNS timestamptz LANGUAGE sql
       AS $$ SELECT pg_catalog.clock_timestamp() + interval '${aheadSeconds} seconds' $$;
     ALTER DATABASE ${database} SET search_path = other_server, pg_catalog`,
  );
  await sql(
    app,
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}
