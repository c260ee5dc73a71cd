import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf } from '../errors/oauth-error.js';
import { TemporarilyUnavailableError } from '../errors/rfc6749.errors.js';
import { DecoratedProviders } from '../extension/decorated-providers.js';
import { Clock } from '../time/clock.js';
import { DatabaseSchema } from './database-schema.js';
import { EXPIRING_ROWS } from './expiring-rows.decorator.js';
import type { ExpiringTable } from './expiring-table.js';
import { PreparedSql, type Sql } from './prepared-sql.js';
import { Statement } from './statement.js';

const HOUR_MILLISECONDS = 3_600_000;
const MINUTE_MILLISECONDS = 60_000;
const DAY_MILLISECONDS = 86_400_000;
/** A statement that waits for a lock makes others wait behind it, so it gives up soon and is tried again. */
const LOCK_PATIENCE = "SET LOCAL lock_timeout = '200ms'";
const TRIES = 5;
/** For how long a request waits until the partition that it needs is made. */
const PATIENCE_MILLISECONDS = 3000;
const LOCK_NOT_AVAILABLE = '55P03';

const PARTITIONS = new Statement(
  'partitions',
  `SELECT substring(c.relname FROM '^(.+)_p[0-9]+$') AS "tableName", substring(c.relname FROM '[0-9]+$') AS period,
     c.relispartition AS "isAttached", obj_description(c.oid, 'pg_class') AS comment
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relkind = 'r' AND substring(c.relname FROM '^(.+)_p[0-9]+$') = ANY($2)`,
);

const NOW = new Statement('partitions-now', 'SELECT now() AS now');

const MISSING = new Statement(
  'partitions-missing',
  `SELECT name FROM unnest($1::text[]) AS wanted (name)
   WHERE NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass(name) AND relispartition)`,
);

/** Partitions are made and dropped by the owner of the table, in a schema in which it may make tables. */
const FOREIGN = new Statement(
  'partitions-foreign',
  `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND c.relname = ANY($2)
     AND NOT (pg_has_role(c.relowner, 'USAGE') AND has_schema_privilege(n.oid, 'CREATE'))`,
);

/** A partition that exists. */
interface Partition {
  readonly tableName: string;
  readonly period: number;
  readonly isAttached: boolean;
  /** When it was detached. */
  readonly detachedAt: Date | undefined;
}

type PartitionRow = Pick<Partition, 'tableName' | 'isAttached'> & {
  readonly period: string;
  readonly comment: string | null;
};

/** The names of the partitions that were changed. */
export interface KeptPartitions {
  readonly made: readonly string[];
  readonly detached: readonly string[];
  readonly dropped: readonly string[];
}

/**
 * Makes the partitions of expiring tables ahead of need, one node at a time. A partition whose period is over by the
 * time of the database, and in which no row is alive, is detached. It is dropped when it has been detached for a
 * period.
 */
@Injectable()
export class PartitionKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(PartitionKeeper.name);
  #timer: NodeJS.Timeout | undefined;
  #keeping: Promise<KeptPartitions> | undefined;

  constructor(
    private readonly sql: PreparedSql,
    private readonly schema: DatabaseSchema,
    private readonly providers: DecoratedProviders,
    private readonly clock: Clock,
  ) {
    sql.onMissingPartition = () => this.#keepSoon();
  }

  /** Keeps the partitions from now on. Rejects where a row that is made now has no partition, and none can be made. */
  async onApplicationBootstrap(): Promise<void> {
    const isDone = await this.#keepOrTell();
    const missing = await this.missing();
    if (missing.length > 0) throw new Error(`There are no partitions for rows of now: ${missing.join(', ')}`);
    this.#keepLater(isDone);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  /**
   * Brings every expiring table's partitions up to date, one table after the other, so that no two locks meet. What
   * cannot be detached or dropped now stays until the next time.
   */
  async keep(): Promise<KeptPartitions> {
    const kept = { made: [] as string[], detached: [] as string[], dropped: [] as string[] };
    for (const table of await this.#unkept()) {
      kept.made.push(...(await this.#patiently(TRIES, (sql) => this.#make(table, sql))));
      try {
        kept.detached.push(...(await this.#patiently(1, (sql) => this.#detach(table, sql))));
        kept.dropped.push(...(await this.#patiently(1, (sql) => this.#drop(table, sql))));
      } catch (error) {
        this.#logger.warn(`Old partitions of ${table.name} stay for another hour: ${reasonOf(error)}`);
      }
    }
    return kept;
  }

  /** The tables that have a partition to be made, detached or dropped: one look at all, without a lock. */
  async #unkept(): Promise<ExpiringTable[]> {
    const now = await this.#now(this.sql);
    const present = await this.#present(this.#tables, this.sql);
    return this.#tables.filter((table) => {
      const own = present.filter(({ tableName }) => tableName === table.name);
      const isKept = this.#missingPeriods(table, own, now).length === 0;
      return !isKept || own.some((each) => isOver(each, table, now) || isDue(each, table, now));
    });
  }

  /**
   * Keeps the partitions for requests that miss one, once for all that come meanwhile. Raises TemporarilyUnavailableError
   * where that takes longer than a request may wait.
   */
  async #keepSoon(): Promise<void> {
    this.#keeping ??= this.keep().finally(() => {
      this.#keeping = undefined;
    });
    const isDone = await Promise.race([this.#keeping, delay(PATIENCE_MILLISECONDS, undefined, { ref: false })]);
    if (isDone !== undefined) return;
    const detail = `partitions are missing, and were not made within ${PATIENCE_MILLISECONDS / 1000} seconds`;
    const description = 'The server cannot store anything just now; try again in a moment';
    throw new TemporarilyUnavailableError({ description, detail, retryAfterSeconds: PATIENCE_MILLISECONDS / 1000 });
  }

  /** The names of partitions into which rows that are made now go, and which are missing. */
  async missing(): Promise<string[]> {
    const now = this.clock.now();
    return this.#missingAmong(this.#tables.map((table) => table.partitionOf(table.periodOf(now))));
  }

  get #tables(): ExpiringTable[] {
    return this.providers.with<ExpiringTable>(EXPIRING_ROWS).map(({ meta }) => meta);
  }

  #keepLater(isDone: boolean): void {
    this.#timer = setTimeout(
      async () => this.#keepLater(await this.#keepOrTell()),
      isDone ? HOUR_MILLISECONDS : MINUTE_MILLISECONDS,
    ).unref();
  }

  /** Keeps the partitions once, and logs what failed. False where it should be tried again soon. */
  async #keepOrTell(): Promise<boolean> {
    try {
      const foreign = await this.#foreignTables();
      if (foreign.length === 0) await this.keep();
      else await this.#tellOfRights(foreign);
      return true;
    } catch (error) {
      this.#logger.error(`Partitions were not kept: ${reasonOf(error)}`);
      return false;
    }
  }

  /** The tables whose partitions the role of this process may not make. */
  async #foreignTables(): Promise<string[]> {
    const names = this.#tables.map(({ name }) => name);
    const rows = await this.sql.rows<{ name: string }>(FOREIGN, [this.schema.name, names]);
    return rows.map(({ name }) => name);
  }

  /** Says which right is missing, and which partitions somebody else has to make soon. */
  async #tellOfRights(foreign: readonly string[]): Promise<void> {
    const soon = new Date(this.clock.now().getTime() + DAY_MILLISECONDS);
    const wanted = this.#tables.flatMap((table) => {
      const last = table.periodOf(table.latestExpiry(soon));
      const current = table.periodOf(this.clock.now());
      return Array.from({ length: last - current + 1 }, (_, index) => table.partitionOf(current + index));
    });
    const missing = await this.#missingAmong(wanted);
    const needed = missing.length === 0 ? '' : ` Needed within a day are: ${missing.join(', ')}.`;
    this.#logger.warn(
      `The role of this process may not make partitions: it does not own ${foreign.join(', ')}, or may not make tables ` +
        `in the schema ${this.schema.name}. Have "gatehouse partitions" run every day by a role that does.${needed}`,
    );
  }

  async #missingAmong(names: readonly string[]): Promise<string[]> {
    const qualified = names.map((name) => this.schema.qualify(name));
    return (await this.sql.rows<{ name: string }>(MISSING, [qualified])).map(({ name }) => name);
  }

  /** Does the work in a transaction that gives up early where others hold a lock, and tries so many times. */
  async #patiently(most: number, work: (sql: Sql) => Promise<string[]>): Promise<string[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.sql.exclusively('partitions', async (sql) => {
          await sql.run(LOCK_PATIENCE);
          return work(sql);
        });
      } catch (error) {
        if (tries === most || !isLockedOut(error)) throw error;
      }
    }
  }

  /**
   * Makes each partition as a table and attaches it when complete. To make it as a partition at once would wait for
   * every statement on the table, and later ones would wait for that. A detached one is attached again with its rows.
   */
  async #make(table: ExpiringTable, sql: Sql): Promise<string[]> {
    const present = await this.#present([table], sql);
    const missing = this.#missingPeriods(table, present, await this.#now(sql));
    for (const each of missing) {
      const name = table.partitionOf(each);
      if (!present.some(({ period }) => period === each))
        await sql.run(`CREATE TABLE ${name} (LIKE ${table.qualifiedName} INCLUDING ALL)`);
      else await sql.run(`COMMENT ON TABLE ${name} IS NULL`);
      await sql.run(`ALTER TABLE ${table.qualifiedName} ATTACH PARTITION ${name} FOR VALUES IN (${each})`);
    }
    return missing.map((period) => table.partitionOf(period));
  }

  /** The periods that lack a partition, by the time of the database and by the clock of requests. */
  #missingPeriods(table: ExpiringTable, present: readonly Partition[], now: Date): number[] {
    const wanted = new Set([now, this.clock.now()].flatMap((each) => wantedPeriods(table, each)));
    return [...wanted].filter((each) => !present.some(({ period, isAttached }) => isAttached && period === each));
  }

  /**
   * Detaches partitions that are over. That needs the table for itself for a moment, so it gives up where a long query
   * such as a backup would make every statement wait.
   */
  async #detach(table: ExpiringTable, sql: Sql): Promise<string[]> {
    const now = await this.#now(sql);
    const over: string[] = [];
    for (const partition of await this.#present([table], sql)) {
      const name = table.partitionOf(partition.period);
      if (isOver(partition, table, now) && !(await this.#hasLiveRows(table, name, sql))) over.push(name);
    }
    for (const name of over) {
      await sql.run(`ALTER TABLE ${table.qualifiedName} DETACH PARTITION ${name}`);
      await sql.run(`COMMENT ON TABLE ${name} IS '${now.toISOString()}'`);
    }
    return over;
  }

  /** Drops partitions that were detached a period ago. */
  async #drop(table: ExpiringTable, sql: Sql): Promise<string[]> {
    const now = await this.#now(sql);
    const dropped: string[] = [];
    for (const partition of await this.#present([table], sql)) {
      const name = table.partitionOf(partition.period);
      if (!isDue(partition, table, now) || (await this.#hasLiveRows(table, name, sql))) continue;
      await sql.run(`DROP TABLE ${name}`);
      dropped.push(name);
    }
    return dropped;
  }

  /** True where a row of the partition expires later than the database's now. */
  async #hasLiveRows(table: ExpiringTable, partition: string, sql: Sql): Promise<boolean> {
    return (
      table.hasColumn('expiresAt') &&
      (await sql.run(`SELECT 1 FROM ${partition} WHERE expires_at > now() LIMIT 1`)).length > 0
    );
  }

  async #present(tables: readonly ExpiringTable[], sql: Sql): Promise<Partition[]> {
    const names = tables.map(({ name }) => name);
    const rows = await sql.rows<PartitionRow>(PARTITIONS, [this.schema.name, names]);
    return rows.map(({ tableName, period, isAttached, comment }) => ({
      tableName,
      period: Number(period),
      isAttached,
      detachedAt: comment === null ? undefined : new Date(comment),
    }));
  }

  /** The time of the database, in the very transaction. */
  async #now(sql: Sql): Promise<Date> {
    const row = await sql.row<{ now: Date }>(NOW, []);
    if (row === undefined) throw new Error('The database gave no time');
    return row.now;
  }
}

function isLockedOut(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: unknown };
  return code === LOCK_NOT_AVAILABLE || (cause !== undefined && isLockedOut(cause));
}

/** True for a partition whose rows have all expired. */
function isOver({ period, isAttached }: Partition, table: ExpiringTable, now: Date): boolean {
  return isAttached && period < Math.min(...wantedPeriods(table, now));
}

/** True for a partition that was detached a period ago. */
function isDue({ isAttached, detachedAt }: Partition, table: ExpiringTable, now: Date): boolean {
  if (isAttached || detachedAt === undefined) return false;
  return now.getTime() - detachedAt.getTime() >= table.periodDays * DAY_MILLISECONDS;
}

/**
 * The periods that must have a partition: from the one before now to one past the longest lifetime.
 */
function wantedPeriods(table: ExpiringTable, now: Date): number[] {
  const current = table.periodOf(now);
  const ahead = Math.ceil(table.maxLifetimeDays / table.periodDays) + 1;
  return Array.from({ length: ahead + 2 }, (_, index) => current - 1 + index);
}
