import { Injectable } from '@nestjs/common';
import type { Client, Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { digestOf } from '../crypto/random-token.js';
import { TemporarilyUnavailableError } from '../errors/rfc6749.errors.js';
import { type DatabaseOptions, databaseGroup } from './database.options.js';
import { isConnectionLost, queueFull, toldFault } from './database-fault.js';
import { DatabaseSchema } from './database-schema.js';
import { MissingTablesError } from './missing-tables.error.js';
import { poolFor } from './own-pool.js';
import { checkSessions } from './pooler.js';
import { Statement } from './statement.js';

/** Takes an advisory lock, which is held until the transaction ends. */
const LOCK = new Statement('advisory-lock', 'SELECT pg_advisory_xact_lock($1)');

const FIND_TABLE = new Statement('table-find', 'SELECT to_regclass($1) IS NOT NULL AS "isThere"');

/** Something that runs a query: a pool, or one connection of it. */
interface Connection {
  query(query: QueryConfig | string): Promise<QueryResult>;
}

/**
 * Runs statements, each on any connection of a pool or all on the connection of one transaction. A fault after which
 * the same request may succeed is raised as TemporarilyUnavailableError.
 */
export class Sql {
  constructor(
    private readonly connection: Connection,
    private readonly prepared: PreparedStatements,
  ) {}

  /** The rows that the statement returns, with the columns under the names that its text gives them. */
  async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return (await this.#query(this.prepared.query(statement, values))).rows;
  }

  /** The first row, or undefined. */
  async row<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row | undefined> {
    return (await this.rows<Row>(statement, values))[0];
  }

  /** How many rows the statement changed. */
  async count(statement: Statement, values: readonly unknown[]): Promise<number> {
    return (await this.#query(this.prepared.query(statement, values))).rowCount ?? 0;
  }

  /** Runs a text that cannot be prepared, such as the making of a partition, and gives its rows. */
  async run(text: string): Promise<readonly object[]> {
    return (await this.#query(this.prepared.schema.qualify(text))).rows;
  }

  async #query(query: QueryConfig | string): Promise<QueryResult> {
    try {
      return await this.connection.query(query);
    } catch (error) {
      throw toldFault(error);
    }
  }
}

/**
 * True for the fault that a table has no partition for a new row. PostgreSQL reports a violated check without the name
 * of a constraint.
 */
function isMissingPartition(error: unknown): boolean {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '23514' && routine === 'ExecFindPartition';
}

/** Runs statements in one transaction. */
export class Transaction extends Sql {
  constructor(
    connection: Connection,
    prepared: PreparedStatements,
    /** The TypeORM manager of the transaction, for code that is not ours. */
    readonly manager: EntityManager,
  ) {
    super(connection, prepared);
  }
}

const MAX_NAME_LENGTH = 63;

interface PreparedText {
  /** Undefined for a statement that goes without a name. */
  readonly name: string | undefined;
  readonly text: string;
}

/** The statements as one schema has them, each text made once. */
class PreparedStatements {
  readonly #byStatement = new Map<Statement, PreparedText>();

  constructor(
    readonly schema: DatabaseSchema,
    /** False behind a pooler in transaction mode, where a name would be known to another session. */
    private readonly isNamed: boolean,
  ) {}

  query(statement: Statement, values: readonly unknown[]): QueryConfig {
    const { name, text } = this.#byStatement.get(statement) ?? this.#prepare(statement);
    return name === undefined ? { text, values: [...values] } : { name, text, values: [...values] };
  }

  /**
   * The name and text of a statement in this schema. The name has the schema in it, because a pool may serve two
   * schemas.
   */
  #prepare(statement: Statement): PreparedText {
    const text = this.schema.qualify(statement.text);
    const prepared = { name: this.isNamed ? shortened(this.schema.prefixed(statement.name)) : undefined, text };
    this.#byStatement.set(statement, prepared);
    return prepared;
  }
}

/** PostgreSQL keeps 63 bytes of a name; a longer one ends in its digest instead. */
function shortened(name: string): string {
  return name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, 40)} ${digestOf(name).toString('hex', 0, 10)}`;
}

/** Lifts the limits of requests for work behind the scenes. */
const WITHOUT_LIMITS = new Statement(
  'without-limits',
  "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)",
);

/** The largest limit that pg takes, since it has no value for none. */
const NO_LIMIT_MILLISECONDS = 2 ** 31 - 1;

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
  readonly #pool: Pool;
  readonly #queueSize: number;

  constructor(
    dataSource: DataSource,
    schema: DatabaseSchema,
    { pooler, queueSize }: DatabaseOptions = databaseGroup.rule.parse({}),
    pool = (dataSource.driver as PostgresDriver).master as Pool,
  ) {
    const prepared = new PreparedStatements(schema, pooler === 'none');
    super({ query: (query) => this.#inQueue(() => pool.query(query as QueryConfig)) }, prepared);
    this.#dataSource = dataSource;
    this.#prepared = prepared;
    this.#schema = schema;
    this.#pool = pool;
    this.#queueSize = queueSize;
  }

  /**
   * Raises MissingTablesError where the migrations have not run, and PoolerError where the sessions are not what the
   * option says.
   */
  static async open(dataSource: DataSource, schema: DatabaseSchema, options: DatabaseOptions): Promise<PreparedSql> {
    await checkSessions((dataSource.driver as PostgresDriver).master as Pool, options);
    const sql = new PreparedSql(dataSource, schema, options, poolFor(dataSource, options));
    const found = await sql.row<{ isThere: boolean }>(FIND_TABLE, [schema.qualify('gatehouse.users')]);
    if (found?.isThere !== true) throw new MissingTablesError(schema.name);
    return sql;
  }

  override async rows<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    return (await this.#run(statement, values)).rows;
  }

  override async count(statement: Statement, values: readonly unknown[]): Promise<number> {
    return (await this.#run(statement, values)).rowCount ?? 0;
  }

  /** The way of every hot statement, and so without a layer that it could do without. */
  #run(statement: Statement, values: readonly unknown[]): Promise<QueryResult> {
    if (this.#pool.waitingCount >= this.#queueSize) throw queueFull(this.#queueSize);
    return this.#pool.query(this.#prepared.query(statement, values)).catch((error: unknown) => {
      if (!isMissingPartition(error) || this.onMissingPartition === undefined) throw toldFault(error);
      return this.onMissingPartition().then(() => this.#again(statement, values));
    });
  }

  async #again(statement: Statement, values: readonly unknown[]): Promise<QueryResult> {
    try {
      return await this.#pool.query(this.#prepared.query(statement, values));
    } catch (error) {
      throw toldFault(error);
    }
  }

  /**
   * Runs statements in one transaction, which is undone when the work throws. Where the connection is lost at the commit
   * nobody knows whether it held, and TemporarilyUnavailableError is raised.
   */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.#onceMore(() => this.#once(work));
  }

  async #once<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const runner = this.#dataSource.createQueryRunner();
    try {
      return await this.#inQueue(() => runner.connect()).then(() => runInTransaction(runner, this.#prepared, work));
    } catch (error) {
      throw toldFault(error);
    } finally {
      await runner.release();
    }
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

  /** The same as `transaction`, while no other node is at work under the lock of this name. */
  inTurn<Result>(lock: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.transaction((transaction) => this.#locked(lock, transaction, work));
  }

  /** The same for work behind the scenes, which waits for its turn however long that takes. */
  exclusively<Result>(lock: string, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return this.transaction(async (limited) => {
      await limited.row(WITHOUT_LIMITS, []);
      const connection = (await limited.manager.queryRunner?.connect()) as PoolClient;
      const patient = {
        query: (query: QueryConfig | string) => {
          const config = typeof query === 'string' ? { text: query } : query;
          return connection.query({ ...config, query_timeout: NO_LIMIT_MILLISECONDS } as QueryConfig);
        },
      };
      return this.#locked(lock, new Transaction(patient, this.#prepared, limited.manager), work);
    });
  }

  async #locked<Result>(
    lock: string,
    transaction: Transaction,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    await transaction.rows(LOCK, [this.#schema.lockKey(lock)]);
    return work(transaction);
  }

  /** Runs a query, or refuses it where so many wait before it that its answer would come too late. */
  #inQueue<Result>(query: () => Promise<Result>): Promise<Result> {
    if (this.#pool.waitingCount >= this.#queueSize) throw queueFull(this.#queueSize);
    return query();
  }
}

/**
 * Runs the work in a transaction. A connection that is lost on the way is ended, because nobody knows the state of its
 * session.
 */
async function runInTransaction<Result>(
  runner: QueryRunner,
  prepared: PreparedStatements,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const connection: PoolClient & Partial<Pick<Client, 'end'>> = await runner.connect();
  try {
    await runner.startTransaction();
    const result = await work(new Transaction(connection, prepared, runner.manager));
    await runner.commitTransaction();
    return result;
  } catch (error) {
    const cause = error instanceof TemporarilyUnavailableError ? error.cause : error;
    if (isConnectionLost(cause)) void connection.end?.().catch(() => undefined);
    else await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}
