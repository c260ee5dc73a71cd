import { Column, Entity, ForeignKey, Generated, PrimaryColumn } from 'typeorm';
import { ClientEntity } from './client.entity.js';

/** A row of `client_secrets`: several live ones let a secret be changed without a moment of refusal. */
@Entity('client_secrets')
export class ClientSecretEntity {
  @ForeignKey(() => ClientEntity, { name: 'client_secrets_client_id_fkey', onDelete: 'CASCADE' })
  @PrimaryColumn('text', { name: 'client_id', primaryKeyConstraintName: 'client_secrets_pkey' })
  clientId: string;

  /** SHA-256 of the secret. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'client_secrets_pkey' })
  digest: Buffer;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  /** By which an operator names the secret. */
  @Column('uuid')
  @Generated('uuid')
  id: string;

  /** When the secret was last seen to prove the client, a minute late at most; null before the first time. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;
}
