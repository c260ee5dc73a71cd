import { createRequire } from 'node:module';
import { DataSource } from 'typeorm';
import { Statement } from '../../src/common/database/statement.js';
import type { TestApp } from './test-app.js';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

interface PgQuery {
  readonly name: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

type Query = (this: object, ...args: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

/** How a statement was planned for the values of one call. */
export interface WatchedPlan {
  readonly statement: string;
  /** Tables and partitions that were read without an index. */
  readonly scanned: readonly string[];
  /** Indexes that were read and are not unique. */
  readonly byOtherIndexes: readonly string[];
  /** Tables of which more than one partition was read in one node. */
  readonly acrossPartitions: readonly string[];
}

const { prepareValue } = createRequire(import.meta.url)('pg/lib/utils.js') as { prepareValue(value: unknown): unknown };

/**
 * Has PostgreSQL explain every prepared statement of an app just before it runs, with the values of the call and under a
 * generic plan, in a transaction or savepoint that is rolled back. Parts that were pruned or never ran do not count.
 */
export class PlanWatch {
  readonly plans: WatchedPlan[] = [];
  readonly failures: string[] = [];
  readonly #texts = new Map<string, string>();
  readonly #busy = new WeakSet<object>();
  readonly #inTransaction = new WeakSet<object>();

  private constructor(
    private readonly uniqueIndexes: ReadonlySet<string>,
    private readonly prototype: { query: Query },
    private readonly original: Query,
  ) {}

  /** Watches the connections of the app's pool from now on. */
  static async install(app: TestApp): Promise<PlanWatch> {
    const dataSource = app.port(DataSource);
    const unique: { name: string }[] = await dataSource.query(
      `SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisunique`,
    );
    const { Client } = (dataSource.driver as unknown as { master: { Client: { prototype: { query: Query } } } }).master;
    const { prototype } = Client;
    const watch = new PlanWatch(new Set(unique.map(({ name }) => name)), prototype, prototype.query);
    prototype.query = function (this: object, ...args: unknown[]) {
      return watch.#query(this, args);
    };
    return watch;
  }

  uninstall(): void {
    this.prototype.query = this.original;
  }

  /** The names of statements of which none was run. */
  neverRun(): string[] {
    const ran = new Set(this.plans.map(({ statement }) => statement));
    return Statement.all().flatMap(({ name }) => (ran.has(name) ? [] : name));
  }

  /** Explains a statement with values of the caller's. */
  async explain(app: TestApp, { name, text }: Statement, values: readonly unknown[]): Promise<void> {
    const runner = app.port(DataSource).createQueryRunner();
    const client = (await runner.connect()) as object;
    try {
      await this.#explain(client, { name: `gatehouse.${name}`, text, values });
    } catch (error) {
      this.failures.push(`${name}: ${(error as Error).message}`);
    } finally {
      await runner.release();
    }
  }

  #query(client: object, args: unknown[]): ReturnType<Query> {
    const run = () => this.original.apply(client, args);
    const [query] = args as [PgQuery | string];
    const text = typeof query === 'string' ? query : query.text;
    if (/^(START TRANSACTION|BEGIN)/.test(text)) this.#inTransaction.add(client);
    if (/^(COMMIT|ROLLBACK)$/.test(text)) this.#inTransaction.delete(client);
    if (typeof query === 'string' || !query.name?.startsWith('gatehouse.') || this.#busy.has(client)) return run();
    this.#busy.add(client);
    const known = this.#texts.get(query.name) ?? query.text;
    if (known !== query.text) this.failures.push(`${query.name} is the name of two statements`);
    this.#texts.set(query.name, query.text);
    return this.#explain(client, query)
      .catch((error: Error) => void this.failures.push(`${query.name}: ${error.message}`))
      .then(() => {
        this.#busy.delete(client);
        return run();
      });
  }

  async #explain(client: object, { name, text, values = [] }: PgQuery): Promise<void> {
    const ask = (sql: string) => this.original.call(client, sql);
    const isInside = this.#inTransaction.has(client);
    let isPrepared = false;
    await ask(isInside ? 'SAVEPOINT watched' : 'BEGIN');
    try {
      await ask('SET LOCAL plan_cache_mode = force_generic_plan');
      await ask(`PREPARE watched AS ${text}`);
      isPrepared = true;
      const literals = values.length === 0 ? '' : `(${values.map(literalOf).join(', ')})`;
      const { rows } = await ask(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) EXECUTE watched${literals}`);
      const plan = (rows as { 'QUERY PLAN': { Plan: PlanNode }[] }[])[0]?.['QUERY PLAN'][0]?.Plan;
      if (plan !== undefined) this.plans.push(this.#read(name.slice('gatehouse.'.length), plan));
    } finally {
      await ask(isInside ? 'ROLLBACK TO SAVEPOINT watched' : 'ROLLBACK');
      if (isPrepared) await ask('DEALLOCATE watched');
    }
  }

  #read(statement: string, root: PlanNode): WatchedPlan {
    const scanned: string[] = [];
    const byOtherIndexes: string[] = [];
    const acrossPartitions: string[] = [];
    const visit = (node: PlanNode): void => {
      const { 'Node Type': type, 'Relation Name': relation, 'Index Name': index, Plans: plans = [] } = node;
      if (node['Actual Loops'] === 0) return;
      if (type === 'Seq Scan' && relation !== undefined) scanned.push(relation);
      if (index !== undefined && !this.uniqueIndexes.has(index)) byOtherIndexes.push(index);
      const ran = plans.filter((plan) => plan['Actual Loops'] > 0 && partitionOf(plan) !== undefined);
      if (/Append$/.test(type) && ran.length > 1)
        acrossPartitions.push(...new Set(ran.map((plan) => partitionOf(plan) ?? '')));
      plans.forEach(visit);
    };
    visit(root);
    return { statement, scanned, byOtherIndexes, acrossPartitions };
  }
}

/** The table of the partition that a node reads: `access_tokens` of `access_tokens_p2950`. */
function partitionOf(node: PlanNode): string | undefined {
  const relation = node['Relation Name'] ?? node.Plans?.map(partitionOf).find((found) => found !== undefined);
  return relation?.replace(/_p\d+$/, '');
}

/** A value as SQL writes it, in the text form in which pg sends it. */
function literalOf(value: unknown): string {
  const prepared = prepareValue(value);
  if (prepared === null || prepared === undefined) return 'NULL';
  const text = Buffer.isBuffer(prepared) ? `\\x${prepared.toString('hex')}` : String(prepared);
  return `'${text.replaceAll("'", "''")}'`;
}
