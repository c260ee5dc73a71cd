import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A row of `token_families`: everything issued from one authorization response or password on one device. Rotation
 * and reuse detection act on it; revoking it ends its tokens.
 */
@Entity('token_families')
@Index('token_families_authorization_id_idx', ['authorizationId'])
export class TokenFamilyEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'token_families_pkey' })
  period: number;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'token_families_pkey' })
  id: string;

  @Column('uuid', { name: 'authorization_id' })
  authorizationId: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  /** `sid` of the sign-in it came from. */
  @Column('uuid', { name: 'session_id', nullable: true })
  sessionId: string | null;

  @Column('text', { array: true })
  scopes: string[];

  @Column('timestamptz', { name: 'auth_time' })
  authTime: Date;

  @Column('text', { array: true })
  amr: string[];

  /** The end of the family's absolute lifetime. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'revoked_because', nullable: true })
  revokedBecause: string | null;
}
