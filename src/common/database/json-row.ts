/**
 * A row on its way to a table by `json_populate_recordset(NULL::table, $1)`: columns under their database names, dates
 * as JSON.stringify writes them, undefined for NULL. One statement then takes any number of rows in one parameter.
 */
export type JsonRow = Readonly<Record<string, unknown>>;

/** Bytes as PostgreSQL reads them from text. */
export function byteaText(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
