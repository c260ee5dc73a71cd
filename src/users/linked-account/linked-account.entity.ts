import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { StandardClaims } from '../user/user.js';

/** A row of `linked_accounts`: an end user's identity at a remote app. */
@Entity('linked_accounts')
@Index('linked_accounts_subject_idx', ['subject'])
export class LinkedAccountEntity {
  /** The remote issuer, or its authorize URL where it has none. */
  @PrimaryColumn('text', { name: 'remote_issuer', primaryKeyConstraintName: 'linked_accounts_pkey' })
  remoteIssuer: string;

  /** The subject at the remote app. */
  @PrimaryColumn('text', { name: 'remote_subject', primaryKeyConstraintName: 'linked_accounts_pkey' })
  remoteSubject: string;

  /** The name under which the remote app is configured here. */
  @Column('text')
  provider: string;

  /** The subject here: the id by which the UserStore knows the end user. */
  @Column('text')
  subject: string;

  /** The provider's answer in OIDC standard claims. */
  @Column('jsonb', { default: {} })
  claims: StandardClaims;

  /** Access, refresh and id token, sealed by the TokenVault; null when none are kept. */
  @Column('bytea', { name: 'sealed_tokens', nullable: true })
  sealedTokens: Buffer | null;

  /** Until when one process has the refresh of the tokens to itself. */
  @Column('timestamptz', { name: 'refresh_lease_until', nullable: true })
  refreshLeaseUntil: Date | null;

  /** Since when the provider takes the tokens no more; null for tokens that are good, as far as is known. */
  @Column('timestamptz', { name: 'reauth_since', nullable: true })
  reauthSince: Date | null;

  @Column('timestamptz', { name: 'linked_at', default: () => 'now()' })
  linkedAt: Date;

  @Column('timestamptz', { name: 'last_signed_in_at', default: () => 'now()' })
  lastSignedInAt: Date;
}
