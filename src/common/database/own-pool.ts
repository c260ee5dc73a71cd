import pg, { type ClientBase, type Pool, type PoolConfig } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { DatabaseOptions } from './database.options.js';
import type { DatabaseLimits } from './database-limits.js';

/** How much later than PostgreSQL's own limit this side gives a statement up. */
const SILENCE_SECONDS = 5;

type Settle = (connection: ClientBase) => void;

/** The functions that settle sessions as our statements want them. */
const settling = new WeakSet<Settle>();

/**
 * Tells a new session its limits of time, and has it keep the first plan of a prepared statement. Left to itself
 * PostgreSQL plans every execution anew where a table is partitioned, because the kept plan seems dear to it: it counts
 * the partitions that will never be opened. Such a plan must use indexes from the beginning: made while a table is
 * empty, or was analysed while empty, it would read the whole table forever after.
 */
export function settle({ statementSeconds, lockSeconds }: Pick<DatabaseLimits, 'statementSeconds' | 'lockSeconds'>) {
  const commands = [
    'SET plan_cache_mode = force_generic_plan',
    'SET enable_seqscan = off',
    'SET jit = off',
    `SET statement_timeout = '${statementSeconds}s'`,
    `SET lock_timeout = '${lockSeconds}s'`,
  ].join('; ');
  const settleSession: Settle = async (connection) => {
    await connection.query(commands);
  };
  settling.add(settleSession);
  return settleSession;
}

/** How long this side waits for an answer at most: PostgreSQL itself gives up before, unless it has gone without a word. */
export function queryTimeoutMilliseconds({ statementSeconds }: Pick<DatabaseLimits, 'statementSeconds'>): number {
  return (statementSeconds + SILENCE_SECONDS) * 1000;
}

/** A pool with the options that it was made of, which the types of pg keep to themselves. */
type ConfiguredPool = Pool & { readonly options: PoolConfig };

/** How a pool connects. Password and key are kept from being listed by pg-pool, and so from being spread. */
export function connectionOf(pool: Pool): PoolConfig {
  const { options } = pool as ConfiguredPool;
  return { ...options, password: options.password, ssl: options.ssl };
}

/**
 * The pool for our statements: that of the data source where its sessions are settled by us, or where a pooler keeps
 * sessions from being settled at all; a small one of its own otherwise, made from the same options, since an application
 * has its sessions as it wants them. It ends with the data source.
 */
export function poolFor(dataSource: DataSource, options: DatabaseOptions): Pool {
  const theirs = (dataSource.driver as PostgresDriver).master as ConfiguredPool;
  const { onConnect } = theirs.options as { readonly onConnect?: Settle };
  if (options.pooler !== 'none' || (onConnect !== undefined && settling.has(onConnect))) return theirs;
  const settings: PoolConfig & { onConnect: Settle } = {
    ...connectionOf(theirs),
    max: options.poolSize,
    application_name: 'gatehouse',
    query_timeout: queryTimeoutMilliseconds(options),
    onConnect: settle(options),
  };
  const own = new pg.Pool(settings);
  // A connection that is lost while it is idle is replaced; whoever uses one is told by its statement.
  own.on('error', () => undefined);
  endWith(dataSource, own);
  return own;
}

function endWith(dataSource: DataSource, pool: Pool): void {
  const destroy = dataSource.destroy.bind(dataSource);
  dataSource.destroy = async () => {
    await pool.end().catch(() => undefined);
    await destroy();
  };
}
