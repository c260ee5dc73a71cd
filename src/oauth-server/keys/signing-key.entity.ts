import type { JWK } from 'jose';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { SigningAlgorithm } from './jws.js';

/** A row of `signing_keys`: one key in one stage of its life. */
@Entity('signing_keys')
@Index('signing_keys_stage_key', ['algorithm', 'stage'], { unique: true, where: "stage <> 'previous'" })
export class SigningKeyEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'signing_keys_pkey' })
  kid: string;

  @Column('text')
  algorithm: SigningAlgorithm;

  /**
   * The stage: `next` is published before use, `current` signs, `previous` is kept so that its signatures can be
   * verified.
   */
  @Column('text')
  stage: 'next' | 'current' | 'previous';

  @Column('jsonb', { name: 'public_jwk' })
  publicJwk: JWK;

  /** PKCS #8, sealed by the key ring with the kid as context. */
  @Column('bytea', { name: 'sealed_private_key' })
  sealedPrivateKey: Buffer;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  /** Since when the key signs; null before, and for one that an earlier version put to use. */
  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt: Date | null;

  /** When the key stopped signing. */
  @Column('timestamptz', { name: 'retired_at', nullable: true })
  retiredAt: Date | null;
}
