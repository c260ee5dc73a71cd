import { Injectable } from '@nestjs/common';
import { PreparedSql, type Sql, type Transaction } from '../../common/database/prepared-sql.js';
import { Statement } from '../../common/database/statement.js';
import { Table } from '../../common/database/table.js';
import type { StandardClaims } from '../user/user.js';
import { LinkedAccountEntity } from './linked-account.entity.js';
import type { RemoteSubject } from './token-vault.js';

/** An identity at a remote app as it is stored, without the tokens, which the TokenVault keeps. */
export interface LinkedAccount extends RemoteSubject {
  /** The name under which the remote app is configured here. */
  readonly provider: string;
  readonly claims: StandardClaims;
}

const LINKED_ACCOUNTS = new Table(LinkedAccountEntity);

const OWNER = new Statement(
  'linked-account-owner',
  'SELECT subject FROM gatehouse.linked_accounts WHERE remote_issuer = $1 AND remote_subject = $2',
);

const LINK = new Statement(
  'linked-account-link',
  `${LINKED_ACCOUNTS.insertRows('$1')}
   ON CONFLICT (remote_issuer, remote_subject) DO UPDATE SET provider = excluded.provider, claims = excluded.claims,
     last_signed_in_at = excluded.last_signed_in_at
   WHERE stored.subject = excluded.subject`,
);

/** Undoes the transaction that would have made a second end user of an identity. */
class LinkedMeanwhileError extends Error {}

/** Identities of end users at remote apps, in the table `linked_accounts`. */
@Injectable()
export class LinkedAccountRepository {
  constructor(private readonly sql: PreparedSql) {}

  /** The subject of the end user whom this identity is linked to. */
  async ownerOf(account: RemoteSubject, sql: Sql = this.sql): Promise<string | undefined> {
    const { issuer, subject } = account;
    return (await sql.row<{ subject: string }>(OWNER, [issuer, subject]))?.subject;
  }

  /**
   * Links an identity to the end user of this subject, or notes the visit where it is linked to them already; false
   * when it is linked to somebody else.
   */
  async link(account: LinkedAccount, owner: string, now: Date, sql: Sql = this.sql): Promise<boolean> {
    const { issuer: remoteIssuer, subject: remoteSubject, provider, claims } = account;
    const row = { remoteIssuer, remoteSubject, provider, claims, subject: owner, linkedAt: now, lastSignedInAt: now };
    return (await sql.count(LINK, [LINKED_ACCOUNTS.rows([row])])) === 1;
  }

  /**
   * Links an identity to the end user whom `create` makes, in one transaction, so that a failure leaves neither. Gives
   * the subject. First sign-ins of one identity take turns, so that the second finds the end user whom the first made.
   * Gives the owner when the identity was linked meanwhile, and undefined, with nothing linked, when `create` makes
   * nobody.
   */
  async linkNew(
    account: LinkedAccount,
    now: Date,
    create: (transaction: Transaction) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const lock = `linked account ${JSON.stringify([account.issuer, account.subject])}`;
    const linked = this.sql.inTurn(lock, async (transaction) => {
      const owner = await this.ownerOf(account, transaction);
      if (owner !== undefined) return owner;
      const created = await create(transaction);
      if (created === undefined || (await this.link(account, created, now, transaction))) return created;
      throw new LinkedMeanwhileError();
    });
    return linked.catch((error) => {
      if (error instanceof LinkedMeanwhileError) return this.ownerOf(account);
      throw error;
    });
  }
}
