import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of `checked_passwords`: a password of a bootstrap file that is known to be behind the hash of an end user. */
@Entity('checked_passwords')
export class CheckedPasswordEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'checked_passwords_pkey' })
  subject: string;

  /** HMAC-SHA256 under the key ring over subject, password and hash, base64url. */
  @Column('text')
  proof: string;
}
