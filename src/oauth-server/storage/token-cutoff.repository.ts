import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { TokenCutoffEntity } from './entities/token-cutoff.entity.js';

const TOKEN_CUTOFFS = new Table(TokenCutoffEntity);
const CUTOFF = TOKEN_CUTOFFS.columns('kind', 'holder', 'issuedBefore', 'notedAt');

/** The instant from which on tokens of a client or a subject are good. */
export type TokenCutoff = RowOf<typeof CUTOFF>;

/** A client, or the subject of an end user. */
export type TokenHolder = Pick<TokenCutoff, 'kind' | 'holder'>;

const NOTED_SINCE = new Statement(
  'token-cutoffs-noted-since',
  `SELECT ${CUTOFF} FROM gatehouse.token_cutoffs WHERE noted_at >= $1`,
);

const COVERS = new Statement(
  'token-cutoff-covers',
  `SELECT FROM unnest($1::text[], $2::text[]) AS asked (kind, holder) JOIN gatehouse.token_cutoffs c USING (kind, holder)
   WHERE c.issued_before IS NULL OR c.issued_before >= date_trunc('second', $3::timestamptz) LIMIT 1`,
);

const DELETE_OLD = new Statement('token-cutoffs-delete-old', 'DELETE FROM gatehouse.token_cutoffs WHERE noted_at < $1');

/**
 * The cutoffs of clients and subjects, in the table `token_cutoffs`. Triggers write the table and announce each change.
 */
@Injectable()
export class TokenCutoffRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** Every cutoff that changed since an instant. */
  notedSince(instant: Date): Promise<TokenCutoff[]> {
    return this.sql.rows<TokenCutoff>(NOTED_SINCE, [instant]);
  }

  /** Deletes the cutoffs that changed last before this instant, since which every token has expired. */
  async deleteOlderThan(instant: Date): Promise<void> {
    await this.sql.count(DELETE_OLD, [instant]);
  }

  /** True when tokens of one of the holders that were issued at this instant are over. */
  async covers(holders: readonly TokenHolder[], issuedAt: Date): Promise<boolean> {
    const [kinds, names] = [holders.map(({ kind }) => kind), holders.map(({ holder }) => holder)];
    return (await this.sql.row(COVERS, [kinds, names, issuedAt])) !== undefined;
  }
}
