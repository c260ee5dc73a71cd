import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
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
}
