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

const LIVE = new Statement(
  'revocations-live',
  'SELECT revoked_id AS id, expires_at AS "expiresAt" FROM gatehouse.revocations WHERE expires_at > $1',
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

  /** Every revocation that still matters. */
  live(now: Date): Promise<Revocation[]> {
    return this.sql.rows<Revocation>(LIVE, [now]);
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
