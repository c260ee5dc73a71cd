import { sql, type Table, tableName } from './stored-rows.js';
import type { TestApp } from './test-app.js';

/** How often a table was changed since it is watched. */
export interface WatchedWrites {
  /** How many rows were changed. */
  rows(): Promise<number>;
  /** How many statements were to change rows, whether there were any or not. */
  statements(): Promise<number>;
}

/** Counts the updates of a table from now on. */
export async function watchUpdates(app: TestApp, table: Table): Promise<WatchedWrites> {
  const watched = tableName(table);
  await sql(
    app,
    `CREATE TABLE public.writes (level text);
     CREATE FUNCTION public.note_write() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN INSERT INTO public.writes VALUES (TG_LEVEL); RETURN NULL; END $$;
     CREATE TRIGGER by_row AFTER UPDATE ON ${watched} FOR EACH ROW EXECUTE FUNCTION public.note_write();
     CREATE TRIGGER by_statement AFTER UPDATE ON ${watched} FOR EACH STATEMENT EXECUTE FUNCTION public.note_write()`,
  );
  const count = async (level: string) =>
    (await sql(app, 'SELECT 1 FROM public.writes WHERE level = $1', [level])).length;
  return { rows: () => count('ROW'), statements: () => count('STATEMENT') };
}
