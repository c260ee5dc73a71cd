import { Injectable } from '@nestjs/common';
import { DatabaseSchema } from '../../common/database/database-schema.js';
import { ExpiringRows } from '../../common/database/expiring-rows.decorator.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { REVOCATIONS } from './expiring-tables.js';

/** A token or token family that is refused until this instant, when it expires by itself. */
export interface Revocation {
  readonly id: string;
  readonly expiresAt: Date;
}

const ADD = new Statement('revocation-add', insertRevocations('VALUES ($1::uuid, $2::integer, $3::timestamptz)'));

/** About ten thousand rows. */
const PAGE_BLOCKS = 80;

const SIZE = new Statement(
  'revocations-size',
  `SELECT COALESCE(max(pg_relation_size(inhrelid)), 0) / current_setting('block_size')::integer AS blocks,
     COALESCE(sum(GREATEST(reltuples, 0)), 0)::bigint AS rows
   FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE inhparent = to_regclass($1)`,
);

/** Blocks of the same numbers of every partition. The seconds are an unsigned number of 32 bits. */
const LIVE_PAGE = new Statement(
  'revocations-live-page',
  `SELECT string_agg(
     uuid_send(revoked_id) || substring(int8send(ceil(date_part('epoch', expires_at))::bigint) FROM 5), ''::bytea
   ) AS packed
   FROM gatehouse.revocations WHERE ctid >= $1::tid AND ctid < $2::tid AND expires_at > $3`,
);

const MARK = new Statement('revocations-mark', 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS mark');

const LIVE_SINCE = new Statement(
  'revocations-live-since',
  `SELECT revoked_id AS id, expires_at AS "expiresAt" FROM gatehouse.revocations
   WHERE transaction_id >= $1 AND expires_at > $2`,
);

const ANY = new Statement(
  'revocation-any',
  'SELECT 1 FROM gatehouse.revocations WHERE revoked_id = ANY($1::uuid[]) LIMIT 1',
);

/** Revocations in the table `revocations`; a trigger announces each new row to every node. */
@Injectable()
@ExpiringRows(REVOCATIONS)
export class RevocationRepository {
  constructor(
    private readonly sql: PreparedSql,
    private readonly schema: DatabaseSchema,
  ) {}

  /** Stores a revocation; once more changes nothing. */
  async add({ id, expiresAt }: Revocation): Promise<void> {
    await this.sql.count(ADD, [id, REVOCATIONS.periodOf(expiresAt), expiresAt]);
  }

  /**
   * Every revocation that still matters, page by page as the rows lie on the disk, which no plan can make slow: for each
   * 16 bytes of the id and four of the second of its expiry, big-endian. Rows never move, and those that are added
   * meanwhile are announced. `expect` is told first about how many there are; PostgreSQL reads a page ahead.
   */
  async *live(now: Date, expect: (rows: number) => void): AsyncGenerator<Buffer> {
    const table = this.schema.qualify(REVOCATIONS.qualifiedName);
    const { blocks = '0', rows = '0' } = (await this.sql.row<{ blocks: string; rows: string }>(SIZE, [table])) ?? {};
    expect(Number(rows));
    let next = this.#page(0, now);
    for (let block = 0; block < Number(blocks); block += PAGE_BLOCKS) {
      const page = await next;
      next = block + PAGE_BLOCKS < Number(blocks) ? this.#page(block + PAGE_BLOCKS, now) : Promise.resolve(null);
      next.catch(() => undefined);
      if (page !== null) yield page;
    }
  }

  async #page(block: number, now: Date): Promise<Buffer | null> {
    const values = [`(${block},0)`, `(${block + PAGE_BLOCKS},0)`, now];
    return (await this.sql.row<{ packed: Buffer | null }>(LIVE_PAGE, values))?.packed ?? null;
  }

  /**
   * Where the next reading goes on: whatever is committed after this moment has a transaction id of at least the mark,
   * in whatever order transactions end.
   */
  async mark(): Promise<bigint> {
    const found = await this.sql.row<{ mark: string }>(MARK, []);
    return BigInt(found?.mark ?? 0);
  }

  /** Every revocation that still matters and may have been committed since the mark. */
  liveSince(mark: bigint, now: Date): Promise<Revocation[]> {
    return this.sql.rows<Revocation>(LIVE_SINCE, [mark.toString(), now]);
  }

  /** True when any of these ids is revoked. */
  async hasAny(ids: readonly string[]): Promise<boolean> {
    return (await this.sql.row(ANY, [ids])) !== undefined;
  }
}

/** The INSERT of revocations that a query gives as id, period and instant of expiry; once more changes nothing. */
export function insertRevocations(query: string): string {
  return `INSERT INTO gatehouse.revocations (revoked_id, period, expires_at) ${query} ON CONFLICT DO NOTHING`;
}
