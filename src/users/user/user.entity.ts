import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { StandardClaims } from './user.js';

/** A row of `users`. */
@Entity('users')
export class UserEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id: string;

  /** The e-mail address in its normal form. Rows of earlier versions are in lower case and not otherwise normalised. */
  @Index('users_email_key', { unique: true })
  @Column('text', { nullable: true })
  email: string | null;

  @Column('boolean', { name: 'email_verified', default: false })
  emailVerified: boolean;

  /** The issuer that the address came from, and that has verified it; null for one that is known otherwise. */
  @Column('text', { name: 'email_source', nullable: true })
  emailSource: string | null;

  /** PHC string of argon2id. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('jsonb', { default: {} })
  claims: StandardClaims;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
