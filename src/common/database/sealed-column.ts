import { SetMetadata } from '@nestjs/common';
import { Statement } from './statement.js';

/** Metadata key under which resealing finds what is sealed. */
export const SEALED_ROWS = 'gatehouse:sealed-rows';

/** Marks the repository of a table with a sealed column, so that its values follow the key ring. */
export const SealedRows = (column: SealedColumn): ClassDecorator => SetMetadata(SEALED_ROWS, column);

interface Description {
  readonly table: string;
  readonly column: string;
  /** The columns of the primary key, all of them text. */
  readonly key: readonly string[];
  /** What the key ring is told to seal the value for, from the values of the primary key. */
  readonly contextOf: (key: readonly string[]) => string;
}

/**
 * A column of values that the key ring sealed. A sealed value begins with the length and the text of its key's id, so
 * that SQL can tell under which key it is.
 */
export class SealedColumn {
  /** The table without its schema. */
  readonly table: string;
  readonly contextOf: (key: readonly string[]) => string;
  /** A primary key that sorts before that of every row. */
  readonly beforeAll: readonly string[];
  /** How many rows there are for each id of a key. */
  readonly uses: Statement;
  /** The next rows after the primary key `$1`, at most `$2`. */
  readonly page: Statement;
  /** Puts `$3` in the place of `$2` in the row of the primary key `$1`, unless somebody else has changed it. */
  readonly replace: Statement;

  constructor({ table, column, key, contextOf }: Description) {
    this.table = table;
    this.contextOf = contextOf;
    this.beforeAll = key.map(() => '');
    const wanted = key.map((_, index) => `($1::text[])[${index + 1}]`).join(', ');
    const columns = key.join(', ');
    this.uses = new Statement(
      `${table}-sealed-uses`,
      `SELECT encode(substring(${column} FROM 2 FOR get_byte(${column}, 0)), 'escape') AS "keyId", count(*)::int AS rows
       FROM gatehouse.${table} WHERE octet_length(${column}) > 0 GROUP BY 1 ORDER BY 1`,
    );
    this.page = new Statement(
      `${table}-sealed-page`,
      `SELECT ARRAY[${columns}]::text[] AS key, ${column} AS sealed FROM gatehouse.${table}
       WHERE ${column} IS NOT NULL AND (${columns}) > (${wanted}) ORDER BY ${columns} LIMIT $2`,
    );
    this.replace = new Statement(
      `${table}-sealed-replace`,
      `UPDATE gatehouse.${table} SET ${column} = $3 WHERE (${columns}) = (${wanted}) AND ${column} = $2`,
    );
  }
}
