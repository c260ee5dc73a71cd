import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A row of `token_cutoffs`: every token of this client or subject that was issued before an instant is over. Triggers
 * write it in the transaction that takes the client or the end user out of use.
 */
@Entity('token_cutoffs')
export class TokenCutoffEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'token_cutoffs_pkey' })
  kind: 'client' | 'subject';

  /** The client's id, or the subject. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'token_cutoffs_pkey' })
  holder: string;

  /**
   * Tokens that were issued before this instant are over. Null while the holder is out of use, when no token is good.
   */
  @Column('timestamptz', { name: 'issued_before', nullable: true })
  issuedBefore: Date | null;

  /** When the row changed last. */
  @Index('token_cutoffs_noted_at_idx')
  @Column('timestamptz', { name: 'noted_at' })
  notedAt: Date;
}
