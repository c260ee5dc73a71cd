import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';

/** A row of `sign_in_sessions`: one end user at one browser. Partitioned by the end of its absolute lifetime. */
@Entity('sign_in_sessions')
@Index('sign_in_sessions_subject_idx', ['subject'])
@Index('sign_in_sessions_session_id_idx', ['sessionId'])
export class SignInSessionEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'sign_in_sessions_pkey' })
  period: number;

  /** SHA-256 of the cookie's value. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'sign_in_sessions_pkey' })
  digest: Buffer;

  /** `sid`. */
  @Column('uuid', { name: 'session_id' })
  @Generated('uuid')
  sessionId: string;

  /** The id by which the UserStore knows the end user. */
  @Column('text')
  subject: string;

  @Column('timestamptz', { name: 'auth_time' })
  authTime: Date;

  @Column('text', { array: true })
  amr: string[];

  @Column('timestamptz', { name: 'confirmed_at' })
  confirmedAt: Date;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent: string | null;

  @Column('text', { name: 'ip_address', nullable: true })
  ipAddress: string | null;

  @Column('timestamptz', { name: 'last_seen_at' })
  lastSeenAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
