import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { PostgresNotifications } from '../common/database/postgres-notifications.js';
import { PreparedSql, type Sql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';

/** A scope with the sentence that tells an end user what it allows. */
export interface Scope {
  readonly name: string;
  readonly description: string;
}

const ALL = new Statement('scopes-all', 'SELECT name, description FROM gatehouse.scopes');

const SAVE = new Statement(
  'scopes-save',
  `INSERT INTO gatehouse.scopes (name, description) SELECT * FROM unnest($1::text[], $2::text[])
   ON CONFLICT (name) DO UPDATE SET description = excluded.description
   WHERE scopes.description <> excluded.description`,
);

/** The scopes that exist and the sentence for each, from memory; read afresh when any node changes one. */
@Injectable()
export class ScopeRegistry implements OnModuleInit {
  readonly #logger = new Logger(ScopeRegistry.name);
  #descriptions = new Map<string, string>();
  #readings = 0;
  /** The number of the reading that is in memory; one that began before it knows less. */
  #latest = 0;

  constructor(
    private readonly sql: PreparedSql,
    private readonly notifications: PostgresNotifications,
  ) {}

  async onModuleInit(): Promise<void> {
    const reload = () => {
      this.reload().catch((error: Error) => this.#logger.error(`Scopes were not read: ${error.message}`));
    };
    await this.notifications.listen('scopes', { onMessage: reload, onGap: reload });
    await this.reload();
  }

  /** Reads all scopes from the database. */
  async reload(): Promise<void> {
    const reading = ++this.#readings;
    const rows = await this.sql.rows<Scope>(ALL, []);
    if (reading < this.#latest) return;
    this.#latest = reading;
    this.#descriptions = new Map(rows.map(({ name, description }) => [name, description]));
  }

  /** Every scope that may be asked for. */
  get names(): readonly string[] {
    return [...this.#descriptions.keys()];
  }

  /** True for a scope that may be asked for. */
  has(name: string): boolean {
    return this.#descriptions.has(name);
  }

  /** What the scope allows, as a sentence for a person. */
  describe(name: string): string {
    return this.#descriptions.get(name) ?? name;
  }

  /** Stores or overwrites scopes in one statement; whoever does so in a transaction calls `reload` when it is over. */
  async save(scopes: readonly Scope[], sql: Sql = this.sql): Promise<void> {
    const columns = [scopes.map(({ name }) => name), scopes.map(({ description }) => description)];
    if (scopes.length > 0) await sql.count(SAVE, columns);
    await this.reload();
  }
}
