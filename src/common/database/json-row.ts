/**
 * A row on its way to a table by `json_populate_recordset(NULL::table, $1)`, so that one statement takes any number of
 * rows in one parameter. Columns go by their database names, dates as JSON.stringify writes them; what is left out
 * becomes NULL, whatever the column's default.
 */
export type JsonRow = Readonly<Record<string, unknown>>;

/** Bytes as PostgreSQL reads them from text. */
export function byteaText(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
