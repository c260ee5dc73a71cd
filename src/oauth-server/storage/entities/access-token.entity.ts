import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Confirmation } from '../../../common/confirmation.js';

/** A row of `access_tokens`: an opaque access token. JWT access tokens are not stored. */
@Entity('access_tokens')
export class AccessTokenEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'access_tokens_pkey' })
  period: number;

  /** SHA-256 of the token. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'access_tokens_pkey' })
  digest: Buffer;

  /** `jti`. */
  @Column('uuid', { name: 'token_id' })
  tokenId: string;

  /** Null for a token that a client holds in its own right. */
  @Column('integer', { name: 'family_period', nullable: true })
  familyPeriod: number | null;

  @Column('uuid', { name: 'family_id', nullable: true })
  familyId: string | null;

  @Column('text', { name: 'client_id' })
  clientId: string;

  /** `sub`: the end user, or the client itself. */
  @Column('text')
  subject: string;

  @Column('text', { array: true })
  scopes: readonly string[];

  @Column('text', { array: true })
  audience: readonly string[];

  /** The key that the token is bound to. */
  @Column('jsonb', { nullable: true })
  confirmation: Confirmation | null;

  /** Further claims under their names on the wire. */
  @Column('jsonb', { nullable: true })
  claims: Readonly<Record<string, unknown>> | null;

  @Column('timestamptz', { name: 'issued_at' })
  issuedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
