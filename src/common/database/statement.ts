const statements = new Map<string, Statement>();

/**
 * A statement that PostgreSQL plans once for each connection. The text names every table with its schema, as
 * `gatehouse.users`; PreparedSql puts the schema of the option in its place.
 */
export class Statement {
  readonly #text: string;

  /**
   * Throws an Error for a name that another statement of the process has, since PostgreSQL would take one for the
   * other.
   */
  constructor(
    readonly name: string,
    text: string,
  ) {
    if (statements.has(name)) throw new Error(`There are two statements with the name ${name}`);
    this.#text = text;
    statements.set(name, this);
  }

  /** The SQL as it is written, in the schema `gatehouse`. */
  get text(): string {
    return this.#text;
  }

  /** Every statement of the modules that are loaded. */
  static all(): readonly Statement[] {
    return [...statements.values()];
  }
}
