import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { UserEntity } from '../user/user.entity.js';
import type { StandardClaims } from '../user/user.js';

/** A row of `linked_accounts`: a person's identity at a remote app. */
@Entity('linked_accounts')
@Index('linked_accounts_user_id_idx', ['userId'])
export class LinkedAccountEntity {
  /** The remote issuer, or the remote app's name where it has none. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'linked_accounts_pkey' })
  issuer: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'linked_accounts_pkey' })
  subject: string;

  /** The name under which the remote app is configured here. */
  @Column('text')
  provider: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @ManyToOne(() => UserEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'linked_accounts_user_id_fkey' })
  user: Relation<UserEntity>;

  /** The provider's answer in OIDC standard claims. */
  @Column('jsonb', { default: {} })
  claims: StandardClaims;

  /** Access, refresh and id token, sealed by the TokenVault; null when none are kept. */
  @Column('bytea', { name: 'sealed_tokens', nullable: true })
  sealedTokens: Buffer | null;

  @Column('timestamptz', { name: 'linked_at', default: () => 'now()' })
  linkedAt: Date;

  @Column('timestamptz', { name: 'last_signed_in_at', default: () => 'now()' })
  lastSignedInAt: Date;
}
