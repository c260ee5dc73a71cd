import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A row of `login_flows`: a sign-in at a provider that is under way and too long for a cookie, or that one was answered and
 * how.
 */
@Entity('login_flows')
export class LoginFlowEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'login_flows_pkey' })
  key: string;

  /** What is remembered, sealed by the key ring. */
  @Column('text')
  sealed: string;

  @Index('login_flows_expires_at_idx')
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
