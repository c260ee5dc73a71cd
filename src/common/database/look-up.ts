import { Batch } from './batch.js';
import type { Sql } from './prepared-sql.js';
import type { Statement } from './statement.js';

/**
 * Finds rows by key, at most one for each. Look-ups of the same turn of the event loop go to PostgreSQL together, at
 * about the cost of one.
 *
 * The statement takes an array for each member of the key, and says by `at` which key a row was found for, from 1 on.
 * It looks for one row at a time, by LATERAL and LIMIT, because PostgreSQL would hash the whole table for a join while it
 * seems small:
 *
 *     SELECT asked.at, u.email FROM unnest($1::uuid[]) WITH ORDINALITY AS asked(id, at)
 *       CROSS JOIN LATERAL (SELECT * FROM gatehouse.users WHERE id = asked.id LIMIT 1) u
 */
export class LookUp<Row extends object> {
  readonly #batch: Batch<readonly unknown[], Row | undefined>;

  constructor(sql: Sql, statement: Statement) {
    this.#batch = new Batch(async (keys) => {
      const members = keys[0]?.map((_, member) => keys.map((key) => key[member])) ?? [];
      const found: (Row | undefined)[] = keys.map(() => undefined);
      for (const row of await sql.rows<Row & { readonly at: string }>(statement, members)) {
        found[Number(row.at) - 1] = row;
      }
      return found;
    });
  }

  /** The row of this key; undefined where there is none. */
  find(...key: readonly unknown[]): Promise<Row | undefined> {
    return this.#batch.add(key);
  }
}
