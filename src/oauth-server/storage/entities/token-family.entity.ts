import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Confirmation } from '../../../common/confirmation.js';
import type { SignInJson } from '../../../users/session/sign-in.js';
import type { GrantedAccess } from '../granted-access.js';

/**
 * A row of `token_families`: everything issued from one authorization response or password on one device. Rotation
 * and reuse detection act on it; revoking it ends its tokens.
 */
@Entity('token_families')
@Index('token_families_authorization_id_idx', ['authorizationId'])
@Index('token_families_session_id_idx', { synchronize: false })
export class TokenFamilyEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'token_families_pkey' })
  period: number;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'token_families_pkey' })
  id: string;

  @Column('uuid', { name: 'authorization_id' })
  authorizationId: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  /** `sub`: the end user. */
  @Column('text')
  subject: string;

  @Column('jsonb', { name: 'sign_in' })
  signIn: SignInJson;

  @Column('jsonb')
  granted: GrantedAccess;

  /** The key that the refresh tokens are bound to. */
  @Column('jsonb', { nullable: true })
  confirmation: Confirmation | null;

  @Column('timestamptz', { name: 'began_at', default: () => 'now()' })
  beganAt: Date;

  /** How many seconds an access token of the family lives at most; by default as long as any access token may. */
  @Column('integer', { name: 'access_token_seconds', default: 2_678_400 })
  accessTokenSeconds: number;

  /** True when an access token of the family is not stored, as a JWT is not, so that its end must be announced. */
  @Column('boolean', { name: 'has_unstored_tokens', default: true })
  hasUnstoredTokens: boolean;

  /** The end of the family's absolute lifetime. */
  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;

  @Column('text', { name: 'revoked_because', nullable: true })
  revokedBecause: string | null;
}
