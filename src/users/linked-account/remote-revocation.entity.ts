import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A row of `remote_revocations`: tokens of an account that is unlinked, which the provider has not taken back yet. */
@Entity('remote_revocations')
export class RemoteRevocationEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'remote_revocations_pkey' })
  id: string;

  /** The name of the remote app. */
  @Column('text')
  provider: string;

  /** Sealed by the key ring. */
  @Column('bytea', { name: 'sealed_tokens' })
  sealedTokens: Buffer;

  @Column('integer', { default: 0 })
  tries: number;

  @Index('remote_revocations_next_try_at_idx')
  @Column('timestamptz', { name: 'next_try_at', default: () => 'now()' })
  nextTryAt: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
