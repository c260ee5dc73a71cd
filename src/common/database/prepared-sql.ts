import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DatabaseSchema } from './database-schema.js';
import { MissingTablesError } from './missing-tables.error.js';
import { Statement } from './statement.js';

/** Holds the lock until the transaction ends. */
const LOCK = new Statement('advisory-lock', 'SELECT pg_advisory_xact_lock($1)');

const FIND_TABLE = new Statement('table-find', 'SELECT to_regclass($1) IS NOT NULL AS "isThere"');

/** Runs statements, each on any connection of a pool or all on the connection of one transaction. */
export class Sql {
  constructor(
    private readonly connection: Pool | PoolClient,
    private readonly prepared: PreparedStatements,
  ) {}

  /** The rows that the statement returns, with the columns under the names that its text gives them. */
  async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return (await this.connection.query<Row>(this.prepared.query(statement, values))).rows;
  }

  /** The first row, or undefined. */
  async row<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row | undefined> {
    return (await this.rows<Row>(statement, values))[0];
  }

  /** How many rows the statement changed. */
  async count(statement: Statement, values: readonly unknown[]): Promise<number> {
    return (await this.connection.query(this.prepared.query(statement, values))).rowCount ?? 0;
  }

  /** Runs what cannot be prepared, such as the making of a partition, and gives its rows. */
  async run(text: string): Promise<readonly object[]> {
    return (await this.connection.query<object>(this.prepared.schema.qualify(text))).rows;
  }
}

/** The table has no partition for a new row: PostgreSQL calls it a violated check, of no constraint. */
function isMissingPartition(error: unknown): boolean {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '23514' && routine === 'ExecFindPartition';
}

/** Runs statements in one transaction. */
export class Transaction extends Sql {
  constructor(
    connection: PoolClient,
    prepared: PreparedStatements,
    /** The same transaction for code that is not ours. */
    readonly manager: EntityManager,
  ) {
    super(connection, prepared);
  }
}

/** The statements as one schema has them, each text made once. */
class PreparedStatements {
  readonly #byStatement = new Map<Statement, { readonly name: string; readonly text: string }>();

  constructor(readonly schema: DatabaseSchema) {}

  query(statement: Statement, values: readonly unknown[]): QueryConfig {
    const { name, text } = this.#byStatement.get(statement) ?? this.#prepare(statement);
    return { name, text, values: [...values] };
  }

  /** Under a name with the schema, because a pool may serve two of them. */
  #prepare(statement: Statement) {
    const prepared = { name: this.schema.prefixed(statement.name), text: this.schema.qualify(statement.text) };
    this.#byStatement.set(statement, prepared);
    return prepared;
  }
}

/**
 * The only way by which SQL reaches our tables: named prepared statements on TypeORM's own pool, at half an entity's
 * cost, with the schema of the option.
 */
@Injectable()
export class PreparedSql extends Sql {
  /** Makes partitions that are missing; the statement or transaction that missed one is then run once more. */
  onMissingPartition: (() => Promise<void>) | undefined;
  readonly #dataSource: DataSource;
  readonly #prepared: PreparedStatements;
  readonly #schema: DatabaseSchema;

  constructor(dataSource: DataSource, schema: DatabaseSchema) {
    const prepared = new PreparedStatements(schema);
    super((dataSource.driver as PostgresDriver).master as Pool, prepared);
    this.#dataSource = dataSource;
    this.#prepared = prepared;
    this.#schema = schema;
  }

  /** Raises MissingTablesError where the migrations have not run. */
  static async open(dataSource: DataSource, schema: DatabaseSchema): Promise<PreparedSql> {
    const sql = new PreparedSql(dataSource, schema);
    const found = await sql.row<{ isThere: boolean }>(FIND_TABLE, [schema.qualify('gatehouse.users')]);
    if (found?.isThere !== true) throw new MissingTablesError(schema.name);
    return sql;
  }

  override async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return this.#onceMore(() => super.rows<Row>(statement, values));
  }

  override async count(statement: Statement, values: readonly unknown[]): Promise<number> {
    return this.#onceMore(() => super.count(statement, values));
  }

  /** Runs statements in one transaction, which is undone when the work throws. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#onceMore(() => this.#dataSource.transaction(async (manager) => work(await this.within(manager))));
  }

  async #onceMore<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!isMissingPartition(error) || this.onMissingPartition === undefined) throw error;
      await this.onMissingPartition();
      return work();
    }
  }

  /** Runs statements in the transaction of a manager of TypeORM's. */
  async within(manager: EntityManager): Promise<Transaction> {
    return new Transaction((await manager.queryRunner?.connect()) as PoolClient, this.#prepared, manager);
  }

  /** The same, while no other node is at work under the lock of this name. */
  exclusively<Result>(lock: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.transaction(async (transaction) => {
      await transaction.rows(LOCK, [this.#schema.lockKey(lock)]);
      return work(transaction);
    });
  }
}
