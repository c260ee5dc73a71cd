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

/** An identity at a remote app, with the end user here. */
export interface LinkedAccountOfEndUser extends RemoteSubject {
  /** The subject here. */
  readonly owner: string;
  /** True when the provider takes the tokens no more until the end user has signed in there again. */
  readonly needsReauth: boolean;
}

/** An identity at a remote app as its end user sees it. */
export interface ListedAccount extends LinkedAccount {
  readonly needsReauth: boolean;
  readonly linkedAt: Date;
  readonly lastSignedInAt: Date;
}

const LINKED_ACCOUNTS = new Table(LinkedAccountEntity);

const LIST = new Statement(
  'linked-accounts-of-end-user',
  `SELECT remote_issuer AS issuer, remote_subject AS subject, provider, claims, reauth_since IS NOT NULL AS "needsReauth",
     linked_at AS "linkedAt", last_signed_in_at AS "lastSignedInAt"
   FROM gatehouse.linked_accounts WHERE subject = $1 ORDER BY last_signed_in_at DESC, remote_issuer, remote_subject`,
);

const UNLINK = new Statement(
  'linked-account-unlink',
  'DELETE FROM gatehouse.linked_accounts WHERE remote_issuer = $1 AND remote_subject = $2 AND subject = $3',
);

const OWNER = new Statement(
  'linked-account-owner',
  'SELECT subject FROM gatehouse.linked_accounts WHERE remote_issuer = $1 AND remote_subject = $2',
);

const LINK = new Statement(
  'linked-account-link',
  `${LINKED_ACCOUNTS.insertRows('$1')}
   ON CONFLICT (remote_issuer, remote_subject) DO UPDATE SET provider = excluded.provider, claims = excluded.claims,
     last_signed_in_at = excluded.last_signed_in_at, reauth_since = NULL
   WHERE stored.subject = excluded.subject`,
);

const OF_END_USER = new Statement(
  'linked-account-of-end-user',
  `SELECT remote_issuer AS issuer, remote_subject AS subject, subject AS owner, reauth_since IS NOT NULL AS "needsReauth"
   FROM gatehouse.linked_accounts
   WHERE subject = $1 AND provider = $2 AND remote_subject = COALESCE($3, remote_subject)
   ORDER BY last_signed_in_at DESC LIMIT 1`,
);

const LEASE = new Statement(
  'linked-account-lease-refresh',
  `UPDATE gatehouse.linked_accounts SET refresh_lease_until = clock_timestamp() + make_interval(secs => $3)
   WHERE remote_issuer = $1 AND remote_subject = $2 AND reauth_since IS NULL
     AND (refresh_lease_until IS NULL OR refresh_lease_until <= clock_timestamp())`,
);

const NEEDS_REAUTH = new Statement(
  'linked-account-needs-reauth',
  `SELECT 1 FROM gatehouse.linked_accounts
   WHERE remote_issuer = $1 AND remote_subject = $2 AND reauth_since IS NOT NULL`,
);

const END_LEASE = new Statement(
  'linked-account-end-lease',
  `UPDATE gatehouse.linked_accounts SET refresh_lease_until = NULL WHERE remote_issuer = $1 AND remote_subject = $2`,
);

const NOTE_REAUTH = new Statement(
  'linked-account-note-reauth',
  `UPDATE gatehouse.linked_accounts SET reauth_since = clock_timestamp(), refresh_lease_until = NULL
   WHERE remote_issuer = $1 AND remote_subject = $2`,
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

  /** Every account of an end user, the one that was used last first. */
  listOf(owner: string, sql: Sql = this.sql): Promise<ListedAccount[]> {
    return sql.rows<ListedAccount>(LIST, [owner]);
  }

  /**
   * Unlinks an account of an end user, together with what is done alongside in the same transaction. `last`, with nothing
   * done, where no other account at one of `providers` is linked and there is no other way in; `unknown` where the account is not theirs.
   * Requests of one end user take turns, so that two at once do not unlink the last two accounts.
   */
  unlink(
    { issuer, subject }: RemoteSubject,
    owner: string,
    hasOtherWayIn: boolean,
    providers: readonly string[],
    alongside: (account: ListedAccount, transaction: Transaction) => Promise<void>,
  ): Promise<ListedAccount | 'last' | 'unknown'> {
    return this.sql.inTurn(`ways in of ${owner}`, async (transaction) => {
      const accounts = await this.listOf(owner, transaction);
      const account = accounts.find((each) => each.issuer === issuer && each.subject === subject);
      if (account === undefined) return 'unknown';
      const others = accounts.filter((each) => each !== account && providers.includes(each.provider));
      if (others.length === 0 && !hasOtherWayIn) return 'last';
      await transaction.count(UNLINK, [issuer, subject, owner]);
      await alongside(account, transaction);
      return account;
    });
  }

  /** The account of an end user at a remote app: the one of this subject there, or else the one that was used last. */
  ofEndUser(owner: string, provider: string, account?: string): Promise<LinkedAccountOfEndUser | undefined> {
    return this.sql.row<LinkedAccountOfEndUser>(OF_END_USER, [owner, provider, account ?? null]);
  }

  /** Has the refresh of an account's tokens to itself for so many seconds of the database's time, unless another one has. */
  async leaseRefresh({ issuer, subject }: RemoteSubject, seconds: number): Promise<'ours' | 'taken' | 'needs reauth'> {
    if ((await this.sql.count(LEASE, [issuer, subject, seconds])) === 1) return 'ours';
    return (await this.sql.row(NEEDS_REAUTH, [issuer, subject])) === undefined ? 'taken' : 'needs reauth';
  }

  /** Gives the refresh back. */
  async endLease({ issuer, subject }: RemoteSubject): Promise<void> {
    await this.sql.count(END_LEASE, [issuer, subject]);
  }

  /** Notes that the end user has to sign in at the provider before its tokens are of use again. */
  async noteReauth({ issuer, subject }: RemoteSubject): Promise<void> {
    await this.sql.count(NOTE_REAUTH, [issuer, subject]);
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
