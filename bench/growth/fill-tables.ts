/** Runs SQL on the database that is to be filled. */
export type Run = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

const SCHEMA = 'gatehouse';

/** Tables that are few rows by nature and are held in memory whole. */
const SMALL = ['scopes', 'signing_keys'];

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** What a column of a filling row holds, in SQL; `g` numbers the rows, `p` is the period of a partition that is in use. */
function fillingOf({ table, column, type, nullable }: Column, keyId: string): string | undefined {
  if (/period$/.test(column)) return 'p';
  if (/_id$|^id$/.test(column) && type === 'uuid') return `md5('${column}' || g)::uuid`;
  if (table === 'revocations' && column === 'transaction_id') return undefined;
  if (nullable && !/family|email$/.test(column)) return undefined;
  if (type === 'uuid') return `md5('${table}' || g)::uuid`;
  if (type === 'text') return `'${column} ' || g`;
  if (type === 'text[]') return "ARRAY['profile']";
  if (column.startsWith('sealed')) return `'\\x${sealedStart(keyId)}'::bytea || decode(md5(g::text), 'hex')`;
  if (type === 'bytea') return "decode(md5(g::text) || md5('filler' || g), 'hex')";
  // Cutoffs are kept for 800 days, and those of the last month are held in memory.
  if (column === 'noted_at') return "now() - g % 800 * interval '1 day'";
  if (type === 'timestamp with time zone') return "now() + interval '1 day'";
  if (type === 'jsonb') return "'{}'";
  if (type === 'boolean') return 'false';
  if (/int|numeric|double/.test(type)) return '1';
  return undefined;
}

/** How everything begins that is sealed under a key of this id, in hexadecimal. */
function sealedStart(keyId: string): string {
  return Buffer.from([keyId.length, ...Buffer.from(keyId)]).toString('hex');
}

/**
 * Fills every table with so many rows, those with partitions in the two that are in use. What is sealed seems to be under
 * the key of this id. Foreign keys are not looked at.
 */
export async function fillTables(run: Run, rows: number, keyId = ''): Promise<void> {
  const all = await columnsOf(run);
  for (const table of new Set(all.map((column) => column.table))) {
    if (SMALL.includes(table)) continue;
    const columns = all.filter((column) => column.table === table);
    const values = columns.flatMap((column) => {
      const value = fillingOf(column, keyId);
      return value === undefined ? [] : [[column.column, value] as const];
    });
    const names = values.map(([name]) => `"${name}"`).join(', ');
    const periods = await run(
      `SELECT substring(c.relname FROM '_p([0-9]+)$')::integer AS period FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = '${SCHEMA}.${table}'::regclass ORDER BY 1`,
    );
    const inUse =
      periods.length === 0
        ? '{0}'
        : `{${periods
            .slice(0, 2)
            .map(({ period }) => period)
            .join(',')}}`;
    await run(
      `SET session_replication_role = replica;
       INSERT INTO ${SCHEMA}.${table} (${names})
       SELECT ${values.map(([, value]) => value).join(', ')}
       FROM (SELECT g, ('${inUse}'::integer[])[1 + g % array_length('${inUse}'::integer[], 1)] AS p FROM generate_series(1, ${rows}) g) filler
       ON CONFLICT DO NOTHING;
       SET session_replication_role = origin`,
    );
  }
}

/** The tables that are filled. */
export async function filledTables(run: Run): Promise<string[]> {
  const tables = new Set((await columnsOf(run)).map(({ table }) => table));
  return [...tables].filter((table) => !SMALL.includes(table)).map((table) => `${SCHEMA}.${table}`);
}

async function columnsOf(run: Run): Promise<Column[]> {
  const rows = await run(
    `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = '${SCHEMA}'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> 'migrations' AND a.attgenerated = ''
     ORDER BY c.relname, a.attnum`,
  );
  return rows as unknown as Column[];
}
