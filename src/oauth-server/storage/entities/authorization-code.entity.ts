import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Confirmation } from '../../../common/confirmation.js';
import type { SignInJson } from '../../../users/session/sign-in.js';
import type { GrantedAccess } from '../granted-access.js';

/** A row of `authorization_codes`: the content of a code until it is spent (RFC 6749 section 4.1.2). */
@Entity('authorization_codes')
export class AuthorizationCodeEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'authorization_codes_pkey' })
  period: number;

  /** SHA-256 of the code. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'authorization_codes_pkey' })
  digest: Buffer;

  /**
   * The family that begins when the code is redeemed. It is named with the code, so that a replayed code leads to the
   * tokens that it gave.
   */
  @Column('integer', { name: 'family_period' })
  familyPeriod: number;

  @Column('uuid', { name: 'family_id' })
  familyId: string;

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

  /** The key that the code is bound to. */
  @Column('jsonb', { nullable: true })
  confirmation: Confirmation | null;

  /** Null when the authorization request left redirect_uri out; the token request must then leave it out too. */
  @Column('text', { name: 'redirect_uri', nullable: true })
  redirectUri: string | null;

  @Column('text', { name: 'code_challenge', nullable: true })
  codeChallenge: string | null;

  @Column('text', { name: 'code_challenge_method', nullable: true })
  codeChallengeMethod: 'S256' | 'plain' | null;

  @Column('text', { nullable: true })
  nonce: string | null;

  @Column('timestamptz', { name: 'issued_at', default: () => 'now()' })
  issuedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'spent_at', nullable: true })
  spentAt: Date | null;
}
