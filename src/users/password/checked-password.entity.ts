import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `checked_passwords`: which password of a bootstrap file is known to be behind an end user's hash. */
@Entity('checked_passwords')
export class CheckedPasswordEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'checked_passwords_pkey' })
  subject: string;

  /** HMAC-SHA256 under the key ring over subject, password and hash, base64url. */
  @Column('text')
  proof: string;
}
