import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `refresh_tokens`: one link of a family's chain. */
@Entity('refresh_tokens')
export class RefreshTokenEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'refresh_tokens_pkey' })
  period: number;

  /** SHA-256 of the token. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'refresh_tokens_pkey' })
  digest: Buffer;

  @Column('integer', { name: 'family_period' })
  familyPeriod: number;

  @Column('uuid', { name: 'family_id' })
  familyId: string;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'spent_at', nullable: true })
  spentAt: Date | null;

  /**
   * The response of the refresh that spent the token, where a node of an earlier version kept it here. Now it is kept
   * in `refresh_answers`.
   */
  @Column('bytea', { name: 'sealed_response', nullable: true })
  sealedResponse: Buffer | null;
}
