import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { KeyRing } from '../crypto/key-ring.js';
import { reasonOf } from '../errors/oauth-error.js';
import { DecoratedProviders } from '../extension/decorated-providers.js';
import { PreparedSql, type Sql } from './prepared-sql.js';
import { SEALED_ROWS, type SealedColumn } from './sealed-column.js';

const DAY_MILLISECONDS = 86_400_000;
const PAGE_ROWS = 200;
/** How many rows that do not open are named. */
const NAMED_ROWS = 20;

/** How many rows of a table are sealed under a key of this id. */
export interface SealedUse {
  readonly table: string;
  readonly keyId: string;
  readonly rows: number;
}

/** What a resealing did. */
export interface Resealed {
  readonly rows: number;
  /** How many rows no key of the ring opens; they stay as they are. */
  readonly unopenedRows: number;
  /** The first twenty of those, as `table: primary key`. */
  readonly unopened: readonly string[];
}

/** What was done to a page of rows. */
interface ResealedPage extends Resealed {
  /** The primary key with which the page ends; undefined for the last page. */
  readonly last: readonly string[] | undefined;
}

/**
 * Brings whatever is sealed in the database under the newest key of the ring, so that older ones can be dropped: in the
 * background, after the start and every day.
 */
@Injectable()
export class Resealing implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(Resealing.name);
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> | undefined;
  #isStopped = false;

  constructor(
    private readonly sql: PreparedSql,
    private readonly keyRing: KeyRing,
    private readonly providers: DecoratedProviders,
  ) {}

  onApplicationBootstrap(): void {
    const reseal = () => {
      this.#underWay = this.#resealOrTell();
    };
    reseal();
    this.#timer = setInterval(reseal, DAY_MILLISECONDS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#underWay;
  }

  /** What is sealed, by table and key. */
  async uses(): Promise<SealedUse[]> {
    const uses = this.#columns.map(async ({ table, uses }) =>
      (await this.sql.rows<Omit<SealedUse, 'table'>>(uses, [])).map((use) => ({ table, ...use })),
    );
    return (await Promise.all(uses)).flat();
  }

  /** Reseals what is under another key than the newest, a page of rows at a time, one node after the other. */
  async reseal(): Promise<Resealed> {
    let all: Resealed = { rows: 0, unopenedRows: 0, unopened: [] };
    for (const column of this.#columns) {
      for (let after: readonly string[] | undefined = column.beforeAll; after !== undefined; ) {
        const start: readonly string[] = after;
        const page: ResealedPage = await this.sql.exclusively('reseal', (sql) => this.#resealPage(column, start, sql));
        all = {
          rows: all.rows + page.rows,
          unopenedRows: all.unopenedRows + page.unopenedRows,
          unopened: [...all.unopened, ...page.unopened].slice(0, NAMED_ROWS),
        };
        after = this.#isStopped ? undefined : page.last;
      }
    }
    return all;
  }

  get #columns(): SealedColumn[] {
    return this.providers.with<SealedColumn>(SEALED_ROWS).map(({ meta }) => meta);
  }

  async #resealOrTell(): Promise<void> {
    try {
      const others = (await this.uses()).filter(({ keyId }) => keyId !== this.keyRing.newestId);
      if (others.length === 0 || this.#isStopped) return;
      const resealed = await this.reseal();
      const { rows, unopenedRows } = resealed;
      if (rows > 0) this.#logger.log(`Resealed under the key ${this.keyRing.newestId}: ${rows} rows`);
      if (unopenedRows > 0) this.#logger.error(`Sealed under no key of SECRET_KEYS: ${unopenedInWords(resealed)}`);
    } catch (error) {
      if (!this.#isStopped) this.#logger.error(`Nothing more was resealed: ${reasonOf(error)}`);
    }
  }

  async #resealPage(column: SealedColumn, after: readonly string[], sql: Sql): Promise<ResealedPage> {
    const found = await sql.rows<{ key: string[]; sealed: Buffer }>(column.page, [after, PAGE_ROWS]);
    const unopened: string[] = [];
    let rows = 0;
    for (const { key, sealed } of found) {
      if (this.keyRing.keyIdOf(sealed) === this.keyRing.newestId) continue;
      const context = column.contextOf(key);
      const opened = this.keyRing.open(sealed, context);
      if (opened === undefined) unopened.push(`${column.table}: ${key.join(', ')}`);
      else rows += await sql.count(column.replace, [key, sealed, this.keyRing.seal(opened, context)]);
    }
    return {
      rows,
      unopenedRows: unopened.length,
      unopened,
      last: found.length < PAGE_ROWS ? undefined : found.at(-1)?.key,
    };
  }
}

/** The rows that do not open: those that are named, and how many there are besides. */
export function unopenedInWords({ unopened, unopenedRows }: Resealed): string {
  const others = unopenedRows - unopened.length;
  return others === 0 ? unopened.join('; ') : `${unopened.join('; ')}; and ${others} more`;
}
