import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ExpiringTable } from '../../common/database/expiring-table.js';

/** A row of `login_failures`: how often signing in failed for one account or address in one window. */
@Entity('login_failures')
export class LoginFailureEntity {
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'login_failures_pkey' })
  period: number;

  /** Digest of `account:…` or `address:…`. */
  @PrimaryColumn('bytea', { primaryKeyConstraintName: 'login_failures_pkey' })
  key: Buffer;

  @PrimaryColumn('timestamptz', { name: 'window_start', primaryKeyConstraintName: 'login_failures_pkey' })
  windowStart: Date;

  @Column('integer')
  failures: number;
}

/** Failed sign-ins by the end of their window; weeks are made ahead, since a machine may sleep over its hourly chores. */
export const LOGIN_FAILURES = new ExpiringTable(LoginFailureEntity, 7, 14);
