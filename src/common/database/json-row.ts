/**
 * A row on its way to a table by `json_populate_recordset`, so that one statement takes any number of rows in one
 * parameter. Columns go by their database names, dates as JSON.stringify writes them; undefined becomes NULL.
 */
export type JsonRow<Column extends string = string> = Readonly<Record<Column, unknown>>;

/**
 * The INSERT of the rows in a JSON parameter such as `$1`; with `ifAny`, the name of a common table expression of one
 * row or none, only if it has one. Columns are named, so that one which a newer version adds takes its default there.
 */
export function insertJsonRows(
  table: string,
  columns: readonly string[],
  parameter: `$${number}`,
  ifAny?: string,
): string {
  const rows = `json_populate_recordset(NULL::${table}, ${parameter}) AS new`;
  const values = columns.map((column) => `new.${column}`).join(', ');
  return `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values} FROM ${ifAny ? `${ifAny}, ` : ''}${rows}`;
}

/** Bytes as PostgreSQL reads them from text. */
export function byteaText(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
