import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { StandardClaims, User } from './user.js';
import { type NewUser, UserStore } from './user-store.js';

interface UserRow {
  id: string;
  email: string | null;
  email_verified: boolean;
  password_hash: string | null;
  claims: StandardClaims;
  updated_at: Date;
}

const COLUMNS = 'id, email, email_verified, password_hash, claims, updated_at';

const FIND_BY_ID = new Statement(
  'user-by-id',
  `SELECT ${COLUMNS} FROM gatehouse.users WHERE id = $1 AND disabled_at IS NULL`,
);

const FIND_BY_EMAIL = new Statement(
  'user-by-email',
  `SELECT ${COLUMNS} FROM gatehouse.users WHERE email = lower($1) AND disabled_at IS NULL`,
);

const UPSERT_BY_EMAIL = new Statement(
  'user-upsert-by-email',
  `INSERT INTO gatehouse.users (email, email_verified, password_hash, claims) VALUES (lower($1), $2, $3, $4)
         ON CONFLICT (email) DO UPDATE SET email_verified = excluded.email_verified,
           password_hash = excluded.password_hash, claims = excluded.claims, updated_at = now()
         RETURNING ${COLUMNS}`,
);

/** People in the table `users`; disabled ones are not found. */
@Injectable()
export class PostgresUserStore extends UserStore {
  constructor(private readonly sql: PreparedSql) {
    super();
  }

  async findById(id: string): Promise<User | undefined> {
    const row = await this.sql.row<UserRow>(FIND_BY_ID, [id]);
    return row && userOf(row);
  }

  async findByEmail(email: string): Promise<User | undefined> {
    const row = await this.sql.row<UserRow>(FIND_BY_EMAIL, [email]);
    return row && userOf(row);
  }

  async upsertByEmail({ email, emailVerified = false, passwordHash, claims = {} }: NewUser): Promise<User> {
    const [row] = await this.sql.rows<UserRow>(UPSERT_BY_EMAIL, [email, emailVerified, passwordHash ?? null, claims]);
    return userOf(row as UserRow);
  }
}

function userOf(row: UserRow): User {
  return {
    id: row.id,
    email: row.email ?? undefined,
    emailVerified: row.email_verified,
    passwordHash: row.password_hash ?? undefined,
    claims: row.claims,
    updatedAt: row.updated_at,
  };
}
