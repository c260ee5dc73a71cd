import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A row of `ended_sessions`: a sign-in session that is gone, kept while a code that was issued under it may live. */
@Entity('ended_sessions')
export class EndedSessionEntity {
  /** The `sid` of the session. */
  @PrimaryColumn('text', { name: 'session_id', primaryKeyConstraintName: 'ended_sessions_pkey' })
  sessionId: string;

  @Index('ended_sessions_ended_at_idx')
  @Column('timestamptz', { name: 'ended_at' })
  endedAt: Date;
}
