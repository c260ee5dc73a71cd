import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PreparedSql, type Sql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';
import { type NewRow, Table } from '../common/database/table.js';
import { Memories } from '../common/memory/memories.js';
import type { Memory } from '../common/memory/memory.js';
import { ScopeEntity } from './scope.entity.js';

/** A scope with the sentence that tells an end user what it allows. */
export type Scope = Readonly<NewRow<ScopeEntity>>;

const SCOPES = new Table(ScopeEntity);

const ALL = new Statement('scopes-all', `SELECT ${SCOPES.columns('name', 'description')} FROM gatehouse.scopes`);

const SAVE = new Statement(
  'scopes-save',
  `${SCOPES.insertRows('$1')} ON CONFLICT (name) DO UPDATE SET description = excluded.description
   WHERE stored.description <> excluded.description`,
);

/** The scopes that exist and the sentence for each, from memory; read afresh when any node changes one. */
@Injectable()
export class ScopeRegistry implements OnModuleInit {
  readonly #memory: Memory<readonly Scope[]>;
  #descriptions: ReadonlyMap<string, string> = new Map();

  constructor(
    private readonly sql: PreparedSql,
    memories: Memories,
  ) {
    this.#memory = memories.whole({
      name: 'scopes',
      load: () => this.sql.rows<Scope>(ALL, []),
      keep: (rows) => {
        this.#descriptions = new Map(rows.map(({ name, description }) => [name, description]));
      },
    });
  }

  onModuleInit(): Promise<void> {
    return this.#memory.start();
  }

  /** Reads all scopes from the database. */
  reload(): Promise<void> {
    return this.#memory.refresh();
  }

  /** Every scope that may be asked for. */
  get names(): readonly string[] {
    return [...this.#descriptions.keys()];
  }

  /** True for a scope that may be asked for. */
  has(name: string): boolean {
    return this.#descriptions.has(name);
  }

  /** A sentence for end users on what the scope allows. */
  describe(name: string): string {
    return this.#descriptions.get(name) ?? name;
  }

  /**
   * Stores or overwrites scopes in one statement. A caller that does so in a transaction calls `reload` when the
   * transaction is over.
   */
  async save(scopes: readonly Scope[], sql: Sql = this.sql): Promise<void> {
    if (scopes.length > 0) await sql.count(SAVE, [SCOPES.rows(scopes)]);
    await this.reload();
  }
}
