import { Injectable } from '@nestjs/common';
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

/** Of an id and the second of its expiry. */
const PACKED_REVOCATION_BYTES = 20;
const PAGE_ROWS = 20_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** The seconds are an unsigned number of 32 bits. */
const LIVE_PAGE = new Statement(
  'revocations-live-page',
  `SELECT string_agg(
     uuid_send(revoked_id) || substring(int8send(ceil(extract(epoch FROM expires_at))::bigint) FROM 5), ''::bytea ORDER BY revoked_id
   ) AS packed
   FROM (
     SELECT revoked_id, expires_at FROM gatehouse.revocations
     WHERE revoked_id > $1 AND expires_at > $2 ORDER BY revoked_id LIMIT ${PAGE_ROWS}
   ) page`,
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
  constructor(private readonly sql: PreparedSql) {}

  /** Stores a revocation; once more changes nothing. */
  async add({ id, expiresAt }: Revocation): Promise<void> {
    await this.sql.count(ADD, [id, REVOCATIONS.periodOf(expiresAt), expiresAt]);
  }

  /**
   * Every revocation that still matters, page by page in the order of ids: for each 16 bytes of the id and four of the
   * second of its expiry, big-endian.
   */
  async *live(now: Date): AsyncGenerator<Buffer> {
    for (let after = FIRST_ID; ; ) {
      const { packed } = (await this.sql.row<{ packed: Buffer | null }>(LIVE_PAGE, [after, now])) ?? {};
      if (!packed) return;
      yield packed;
      if (packed.length < PAGE_ROWS * PACKED_REVOCATION_BYTES) return;
      after = packed.toString('hex', packed.length - PACKED_REVOCATION_BYTES, packed.length - 4);
    }
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
