import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ClientMetadata } from './metadata/client-metadata.js';

/** A row of `clients`. */
@Entity('clients')
export class ClientEntity {
  @PrimaryColumn('text', { name: 'client_id', primaryKeyConstraintName: 'clients_pkey' })
  clientId: string;

  @Column('jsonb')
  metadata: ClientMetadata;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;
}
