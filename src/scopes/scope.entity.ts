import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `scopes`: a scope that may be asked for, and the sentence that tells an end user what the scope allows. */
@Entity('scopes')
export class ScopeEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'scopes_pkey' })
  name: string;

  @Column('text')
  description: string;
}
