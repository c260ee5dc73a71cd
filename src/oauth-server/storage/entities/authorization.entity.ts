import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A row of `authorizations`: "this end user allowed this client these scopes on these resources". */
@Entity('authorizations')
@Index('authorizations_client_id_idx', { synchronize: false })
@Index('authorizations_live_key', ['subject', 'clientId'], { unique: true, where: 'revoked_at IS NULL' })
export class AuthorizationEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'authorizations_pkey' })
  id: string;

  /** `sub`: the end user. */
  @Column('text')
  subject: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('text', { array: true })
  scopes: readonly string[];

  @Column('text', { array: true, default: [] })
  resources: readonly string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
