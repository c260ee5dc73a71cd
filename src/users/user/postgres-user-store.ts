import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { LookUp } from '../../common/database/look-up.js';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { type RowOf, Table } from '../../common/database/table.js';
import { normalEmail, spellingsOf } from './email-address.js';
import { UserEntity } from './user.entity.js';
import type { User } from './user.js';
import { type NewUser, UserStore } from './user-store.js';

const USERS = new Table<UserEntity, 'id' | 'emailVerified' | 'claims' | 'createdAt' | 'updatedAt'>(UserEntity);
const FOUND = USERS.columns('id', 'email', 'emailVerified', 'passwordHash', 'claims', 'updatedAt');

const FIND_BY_ID = new Statement(
  'user-by-id',
  `SELECT asked.at, ${FOUND.of('u')} FROM unnest($1::uuid[]) WITH ORDINALITY AS asked(id, at)
     CROSS JOIN LATERAL (SELECT * FROM gatehouse.users WHERE id = asked.id AND disabled_at IS NULL LIMIT 1) u`,
);

const FIND_BY_EMAIL = new Statement(
  'user-by-email',
  `SELECT ${FOUND} FROM gatehouse.users WHERE email = ANY($1::text[]) AND disabled_at IS NULL
   ORDER BY array_position($1, email) LIMIT 1`,
);

const CREATE = new Statement(
  'user-create',
  `WITH free AS (SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM gatehouse.users WHERE email = ANY($2::text[])))
   ${USERS.insertRows('$1', 'free')} ON CONFLICT (email) DO NOTHING RETURNING ${FOUND}`,
);

const UPSERT_BY_EMAIL = new Statement(
  'user-upsert-by-email',
  `${USERS.insertRows('$1')}
   ON CONFLICT (email) DO UPDATE SET email_verified = excluded.email_verified,
     email_source = excluded.email_source, password_hash = excluded.password_hash, claims = excluded.claims, updated_at = now()
   RETURNING ${FOUND}`,
);

const FOLLOW_EMAIL = new Statement(
  'user-follow-email',
  `UPDATE gatehouse.users SET email = $2, email_verified = true, updated_at = now()
   WHERE id = $1 AND email_source = $3 AND email IS DISTINCT FROM $2
     AND NOT EXISTS (SELECT 1 FROM gatehouse.users WHERE email = ANY($4::text[]) AND id <> $1)`,
);

const RELEASE_EMAIL = new Statement(
  'user-release-email',
  `UPDATE gatehouse.users SET email = NULL, email_verified = false, updated_at = now()
   WHERE email = ANY($1::text[]) AND email_source = $2`,
);

/** What PostgreSQL says where somebody else has taken the address at the same moment. */
const UNIQUE_VIOLATION = '23505';

/** Brings an address that was stored before into its normal form. */
const RESPELL = new Statement(
  'user-respell-email',
  `UPDATE gatehouse.users SET email = $1
   WHERE email <> $1 AND id = (
     SELECT id FROM gatehouse.users WHERE email = ANY($2::text[]) ORDER BY array_position($2, email) LIMIT 1
   )`,
);

/**
 * A uuid as PostgreSQL writes it, for example `0b3c7a52-…`. The subject of another store does not match it, and is no
 * end user here.
 */
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** True for a text that may be the id of an end user of this store. */
export function isUserId(id: string): boolean {
  return UUID.test(id);
}

/** End users in the table `users`; disabled ones are not found. */
@Injectable()
export class PostgresUserStore extends UserStore {
  readonly #byId: LookUp<RowOf<typeof FOUND>>;

  constructor(private readonly sql: PreparedSql) {
    super();
    this.#byId = new LookUp(sql, FIND_BY_ID);
  }

  async findById(id: string): Promise<User | undefined> {
    return isUserId(id) ? userOf(await this.#byId.find(id)) : undefined;
  }

  async findByEmail(email: string): Promise<User | undefined> {
    return userOf(await this.sql.row<RowOf<typeof FOUND>>(FIND_BY_EMAIL, [spellingsOf(email)]));
  }

  async create(user: NewUser, transaction: EntityManager): Promise<User | undefined> {
    const sql = await this.sql.within(transaction);
    const spellings = user.email === undefined ? [] : spellingsOf(user.email);
    return userOf(await sql.row<RowOf<typeof FOUND>>(CREATE, [rowsOf(user), spellings]));
  }

  override async followEmail(id: string, email: string, source: string): Promise<void> {
    const values = [id, normalEmail(email), source, spellingsOf(email)];
    await this.sql.count(FOLLOW_EMAIL, values).catch((error: { readonly code?: unknown }) => {
      if (error.code !== UNIQUE_VIOLATION) throw error;
    });
  }

  override async releaseEmail(email: string, source: string): Promise<boolean> {
    return (await this.sql.count(RELEASE_EMAIL, [spellingsOf(email), source])) > 0;
  }

  async upsertByEmail(user: NewUser & { readonly email: string }): Promise<User> {
    const spellings = spellingsOf(user.email);
    if (spellings.length > 1) await this.sql.count(RESPELL, [spellings[0], spellings]);
    return userOf(await this.sql.row<RowOf<typeof FOUND>>(UPSERT_BY_EMAIL, [rowsOf(user)])) as User;
  }
}

function rowsOf({ email, ...user }: NewUser): string {
  return USERS.rows([{ ...user, email: email && normalEmail(email) }]);
}

function userOf(row: RowOf<typeof FOUND> | undefined): User | undefined {
  if (row === undefined) return undefined;
  const { id, email, emailVerified, passwordHash, claims, updatedAt } = row;
  return { id, email: email ?? undefined, emailVerified, passwordHash: passwordHash ?? undefined, claims, updatedAt };
}
