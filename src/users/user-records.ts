import { Injectable } from '@nestjs/common';
import { type ListPage, type ListRequest, readPage } from '../common/database/list-page.js';
import { PreparedSql, type Sql } from '../common/database/prepared-sql.js';
import { Statement } from '../common/database/statement.js';
import { type RowOf, Table } from '../common/database/table.js';
import { spellingsOf } from './user/email-address.js';
import { UserEntity } from './user/user.entity.js';
import type { StandardClaims } from './user/user.js';

/** An end user as an operator sees one, disabled or not. */
export interface UserRecord {
  /** The public subject identifier. */
  readonly id: string;
  /** The e-mail address in its normal form; undefined for an end user who came from a provider that gives none. */
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  /** False for one who signs in elsewhere only. */
  readonly hasPassword: boolean;
  readonly claims: StandardClaims;
  /** Since when the end user is disabled; undefined for one who is not. */
  readonly disabledAt: Date | undefined;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const USERS = new Table(UserEntity);
const FOUND = USERS.columns(
  'id',
  'email',
  'emailVerified',
  'passwordHash',
  'claims',
  'disabledAt',
  'createdAt',
  'updatedAt',
);

const FIND = new Statement('user-record', `SELECT ${FOUND} FROM gatehouse.users WHERE id = $1::uuid`);

const LOCK = new Statement('user-lock', `SELECT ${FOUND} FROM gatehouse.users WHERE id = $1::uuid FOR UPDATE`);

const FIND_BY_EMAIL = new Statement(
  'user-record-by-email',
  `SELECT ${FOUND} FROM gatehouse.users WHERE email = ANY($1::text[]) ORDER BY array_position($1, email) LIMIT 1`,
);

const LIST = new Statement(
  'user-records',
  `SELECT ${FOUND} FROM gatehouse.users WHERE id > $1::uuid ORDER BY id LIMIT $2`,
);

const IS_TAKEN = new Statement(
  'user-email-taken',
  'SELECT FROM gatehouse.users WHERE email = ANY($1::text[]) AND id <> $2::uuid LIMIT 1',
);

const UPDATE = new Statement(
  'user-update',
  `UPDATE gatehouse.users SET email = $2, email_verified = $3, claims = $4::jsonb, updated_at = now(),
     email_source = CASE WHEN email IS NOT DISTINCT FROM $2 THEN email_source END
   WHERE id = $1::uuid`,
);

const SET_PASSWORD = new Statement(
  'user-set-password',
  'UPDATE gatehouse.users SET password_hash = $2, updated_at = now() WHERE id = $1::uuid',
);

const DISABLE = new Statement(
  'user-disable',
  'UPDATE gatehouse.users SET disabled_at = now(), updated_at = now() WHERE id = $1::uuid AND disabled_at IS NULL',
);

const ENABLE = new Statement(
  'user-enable',
  'UPDATE gatehouse.users SET disabled_at = NULL, updated_at = now() WHERE id = $1::uuid AND disabled_at IS NOT NULL',
);

const REMOVE = new Statement(
  'user-remove',
  `WITH linked AS (DELETE FROM gatehouse.linked_accounts WHERE subject = $1),
     checked AS (DELETE FROM gatehouse.checked_passwords WHERE subject = $1)
   DELETE FROM gatehouse.users WHERE id = $1::uuid`,
);

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** End users in the table `users` as operators see and change them, disabled ones included. */
@Injectable()
export class UserRecords {
  constructor(private readonly sql: PreparedSql) {}

  /** The end user of this id, which is a uuid. */
  async find(id: string, sql: Sql = this.sql): Promise<UserRecord | undefined> {
    return recordOf(await sql.row<RowOf<typeof FOUND>>(FIND, [id]));
  }

  /** The end user of this id, whom nobody else changes until the transaction is over. */
  async lock(id: string, transaction: Sql): Promise<UserRecord | undefined> {
    return recordOf(await transaction.row<RowOf<typeof FOUND>>(LOCK, [id]));
  }

  /** The end user of this e-mail address, in whichever form it was stored. */
  async findByEmail(email: string): Promise<UserRecord | undefined> {
    return recordOf(await this.sql.row<RowOf<typeof FOUND>>(FIND_BY_EMAIL, [spellingsOf(email)]));
  }

  /** One page of all end users, in the order of their ids. */
  list(request: ListRequest): Promise<ListPage<UserRecord>> {
    const read = async (after = BEFORE_ALL, limit: number) => {
      const rows = await this.sql.rows<RowOf<typeof FOUND>>(LIST, [after, limit]);
      return rows.flatMap((row) => recordOf(row) ?? []);
    };
    return readPage(request, ({ id }: UserRecord) => id, read);
  }

  /** True where somebody else has the address. */
  async isTaken(email: string, id: string, sql: Sql): Promise<boolean> {
    return (await sql.row(IS_TAKEN, [spellingsOf(email), id])) !== undefined;
  }

  /** Replaces address and claims. */
  async update(
    id: string,
    { email, emailVerified, claims }: Pick<UserRecord, 'email' | 'emailVerified' | 'claims'>,
    sql: Sql,
  ): Promise<void> {
    await sql.count(UPDATE, [id, email, emailVerified, JSON.stringify(claims)]);
  }

  /** Replaces the hash of the password; undefined for an end user who has no password from then on. */
  async setPassword(id: string, passwordHash: string | undefined, sql: Sql): Promise<void> {
    await sql.count(SET_PASSWORD, [id, passwordHash]);
  }

  /** Disables an end user; false where none is enabled. Triggers end sessions and tokens. */
  async disable(id: string, sql: Sql): Promise<boolean> {
    return (await sql.count(DISABLE, [id])) === 1;
  }

  /** Enables an end user again; false where none is disabled. */
  async enable(id: string, sql: Sql): Promise<boolean> {
    return (await sql.count(ENABLE, [id])) === 1;
  }

  /** Removes an end user with their linked accounts; false where there is none. Triggers end sessions and tokens. */
  async remove(id: string, sql: Sql): Promise<boolean> {
    return (await sql.count(REMOVE, [id])) === 1;
  }
}

function recordOf(row: RowOf<typeof FOUND> | undefined): UserRecord | undefined {
  if (row === undefined) return undefined;
  const { email, passwordHash, disabledAt, ...known } = row;
  return {
    ...known,
    email: email ?? undefined,
    hasPassword: passwordHash !== null,
    disabledAt: disabledAt ?? undefined,
  };
}
