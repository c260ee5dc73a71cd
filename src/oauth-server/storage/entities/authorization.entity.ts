import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A row of `authorizations`: "this end user allowed this client these scopes on these resources". */
@Entity('authorizations')
@Index('authorizations_live_key', ['userId', 'clientId'], { unique: true, where: 'revoked_at IS NULL' })
export class AuthorizationEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'authorizations_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'client_id' })
  clientId: string;

  @Column('text', { array: true })
  scopes: string[];

  @Column('text', { array: true, default: [] })
  resources: string[];

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
