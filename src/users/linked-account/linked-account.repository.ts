import { Injectable } from '@nestjs/common';
import { PreparedSql } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import type { StandardClaims } from '../user/user.js';
import type { RemoteSubject } from './token-vault.js';

/** An identity at a remote app as it is stored, without the tokens, which the TokenVault keeps. */
export interface LinkedAccount extends RemoteSubject {
  /** The name under which the remote app is configured here. */
  readonly provider: string;
  readonly claims: StandardClaims;
}

/** Whose account a linked identity signs in to. */
export interface LinkedAccountOwner {
  readonly userId: string;
  /** True for a person who must not be signed in. */
  readonly isDisabled: boolean;
}

interface OwnerRow {
  user_id: string;
  is_disabled: boolean;
}

const OWNER = new Statement(
  'linked-account-owner',
  `SELECT user_id, disabled_at IS NOT NULL AS is_disabled
         FROM gatehouse.linked_accounts JOIN gatehouse.users ON users.id = user_id WHERE issuer = $1 AND subject = $2`,
);

const SIGN_IN = new Statement(
  'linked-account-sign-in',
  `WITH known AS (
           UPDATE gatehouse.linked_accounts SET provider = $3, claims = $4, last_signed_in_at = $5
           FROM gatehouse.users WHERE issuer = $1 AND subject = $2 AND users.id = user_id
           RETURNING user_id, disabled_at IS NOT NULL AS is_disabled
         ), created AS (
           INSERT INTO gatehouse.users (email, email_verified, claims, created_at, updated_at)
           SELECT lower($6), $6::text IS NOT NULL, $4, $5, $5 WHERE NOT EXISTS (SELECT FROM known)
           ON CONFLICT (email) DO NOTHING
           RETURNING id
         ), linked AS (
           INSERT INTO gatehouse.linked_accounts (issuer, subject, provider, user_id, claims, linked_at,
             last_signed_in_at)
           SELECT $1, $2, $3, id, $4, $5, $5 FROM created
           RETURNING user_id
         )
         SELECT user_id, is_disabled FROM known UNION ALL SELECT user_id, false FROM linked`,
);

const LINK = new Statement(
  'linked-account-link',
  `INSERT INTO gatehouse.linked_accounts AS held (issuer, subject, provider, claims, linked_at,
           last_signed_in_at, user_id)
         VALUES ($1, $2, $3, $4, $5, $5, $6)
         ON CONFLICT (issuer, subject) DO UPDATE SET provider = excluded.provider, claims = excluded.claims,
           last_signed_in_at = excluded.last_signed_in_at
         WHERE held.user_id = excluded.user_id`,
);

/**
 * People's identities at remote apps, in the table `linked_accounts`. A new person is made in `users` by the statement
 * that links them, past a UserStore of your own.
 */
@Injectable()
export class LinkedAccountRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** The person whom this identity is linked to. */
  async ownerOf(issuer: string, subject: string): Promise<LinkedAccountOwner | undefined> {
    return ownerOf(await this.sql.row<OwnerRow>(OWNER, [issuer, subject]));
  }

  /**
   * The person whom this identity is linked to, noting the visit; or a new one with these claims and this verified
   * e-mail address. Undefined when the address belongs to somebody else. One statement, so that nothing is half-done.
   */
  async signIn(account: LinkedAccount, verifiedEmail: string | undefined, now: Date) {
    const values = [...columnsOf(account), now, verifiedEmail ?? null];
    return (await this.#signInOnce(values)) ?? (await this.#signInOnce(values));
  }

  /** Links an identity to a person or notes the visit of one; false when it is linked to somebody else. */
  async link(account: LinkedAccount, userId: string, now: Date): Promise<boolean> {
    return (await this.sql.count(LINK, [...columnsOf(account), now, userId])) === 1;
  }

  /** Undefined as well for the one of two parallel first sign-ins that came second: a second try finds the first's. */
  async #signInOnce(values: readonly unknown[]): Promise<LinkedAccountOwner | undefined> {
    try {
      return ownerOf(await this.sql.row<OwnerRow>(SIGN_IN, values));
    } catch (error) {
      if ((error as { constraint?: string }).constraint === 'linked_accounts_pkey') return undefined;
      throw error;
    }
  }
}

function columnsOf({ issuer, subject, provider, claims }: LinkedAccount): unknown[] {
  return [issuer, subject, provider, claims];
}

function ownerOf(row: OwnerRow | undefined): LinkedAccountOwner | undefined {
  return row && { userId: row.user_id, isDisabled: row.is_disabled };
}
