import { createHash } from 'node:crypto';

/** The schema where no option names another one, and the schema that SQL texts write: `gatehouse.users`. */
export const DEFAULT_SCHEMA = 'gatehouse';

/** Names of schemas that PostgreSQL keeps for itself, for example `pg_catalog`. */
const RESERVED = /^(pg_.*|information_schema)$/;

/**
 * The PostgreSQL schema that holds everything of one Gatehouse: tables with their partitions, trigger functions, and
 * by their names the NOTIFY channels and advisory locks, so that two of them in one database do not meet.
 */
export class DatabaseSchema {
  /**
   * Takes a plain identifier of at most 40 characters, which leaves room for the names of channels. Raises a RangeError
   * whose message is the rest of a sentence about the option.
   */
  constructor(readonly name: string = DEFAULT_SCHEMA) {
    if (!/^[a-z_][a-z0-9_]{0,39}$/.test(name) || RESERVED.test(name))
      throw new RangeError(`is "${name}", which is no schema name of a-z, 0-9 and _ with at most 40 characters`);
  }

  /**
   * An SQL text with this schema in the place of each `gatehouse.`. The name is quoted, because it may be a word of
   * SQL.
   */
  qualify(text: string): string {
    return this.name === DEFAULT_SCHEMA ? text : text.replace(/\bgatehouse\./g, `"${this.name}".`);
  }

  /**
   * The name with the schema before it, `gatehouse.clients`: that of a NOTIFY channel, as the triggers make it from the
   * schema of their table, and of a prepared statement.
   */
  prefixed(name: string): string {
    return `${this.name}.${name}`;
  }

  /** The key of the advisory lock of this name: the first 64 bits of its SHA-256, as PostgreSQL reads a bigint. */
  lockKey(name: string): string {
    return createHash('sha256').update(this.prefixed(name)).digest().readBigInt64BE().toString();
  }

  /**
   * The SQL that makes the schema where it is missing. IF NOT EXISTS would ask for the right to make schemas even where
   * an administrator has made this one.
   */
  get creation(): string {
    return `DO $$ BEGIN IF to_regnamespace('"${this.name}"') IS NULL THEN CREATE SCHEMA "${this.name}"; END IF; END $$`;
  }
}
