import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A row of `revocations`, the feed by which access tokens that are not stored are refused all the same: a token or
 * a whole family, until its last access token would have expired.
 */
@Entity('revocations')
export class RevocationEntity {
  /** `jti` of an access token, or the id of a token family. */
  @PrimaryColumn('uuid', { name: 'revoked_id', primaryKeyConstraintName: 'revocations_pkey' })
  revokedId: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'revocations_pkey' })
  period: number;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  /** The transaction that added the row, by which a node finds what is new; null in rows of an earlier version. */
  @Index('revocations_transaction_id')
  @Column('bigint', {
    name: 'transaction_id',
    nullable: true,
    // Without the casts to text and bigint, as TypeORM reads it back.
    default: () => '((pg_current_xact_id()))',
  })
  transactionId: string | null;
}
