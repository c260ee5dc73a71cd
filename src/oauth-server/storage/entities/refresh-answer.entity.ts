import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A row of `refresh_answers`: the response of a refresh, kept for a while for the retry of a client that lost it. */
@Entity('refresh_answers')
export class RefreshAnswerEntity {
  /** SHA-256 of the refresh token that was spent. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'refresh_answers_pkey' })
  digest: Buffer;

  /** The period of the refresh token in the response; null where the response has none. */
  @Column('integer', { name: 'successor_period', nullable: true })
  successorPeriod: number | null;

  @Column('bytea', { name: 'successor_digest', nullable: true })
  successorDigest: Buffer | null;

  /** The response, sealed with a key derived from the spent token itself. */
  @Column('bytea', { name: 'sealed_response' })
  sealedResponse: Buffer;

  /** The end of the window for retries. */
  @Index('refresh_answers_expires_at_idx')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
