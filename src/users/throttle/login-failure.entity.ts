import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ExpiringTable } from '../../common/database/expiring-table.js';

/**
 * A row of `login_failures`: for one count and one part of the window, how many tries failed and how many that began in
 * this part are still under way.
 */
@Entity('login_failures')
export class LoginFailureEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'login_failures_pkey' })
  period: number;

  /** The digest of the name of a count, such as an account tried from one network. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'login_failures_pkey' })
  key: Buffer;

  /** When the part of the window begins. */
  @PrimaryColumn('timestamptz', { name: 'window_start', primaryKeyConstraintName: 'login_failures_pkey' })
  windowStart: Date;

  @Column('integer')
  failures: number;

  @Column('integer', { name: 'under_way', default: 0 })
  underWay: number;
}

/**
 * Failed sign-ins by the end of the window that they count in. No window is longer than six days, so that those which
 * count at one instant stand in two periods of seven days at most.
 */
export const LOGIN_FAILURES = new ExpiringTable(LoginFailureEntity, 7, 6);
