import { Injectable } from '@nestjs/common';
import { checkEntry } from '../common/database/check-entry.js';
import { type ListPage, type ListRequest } from '../common/database/list-page.js';
import { PreparedSql, type Transaction } from '../common/database/prepared-sql.js';
import { InvalidEntryError } from '../common/errors/invalid-entry.error.js';
import { Events } from '../common/events/events.js';
import { LinkedAccountRepository } from './linked-account/linked-account.repository.js';
import { RemoteRevocationRepository } from './linked-account/remote-revocation.repository.js';
import { TokenVault } from './linked-account/token-vault.js';
import { Passwords } from './password/passwords.js';
import { EndUsers } from './user/end-users.js';
import { isUserId, PostgresUserStore } from './user/postgres-user-store.js';
import type { StandardClaims } from './user/user.js';
import { type UserRegistration, type UserRegistrationInput, userRegistration } from './user/user-registration.js';
import { UserStore } from './user/user-store.js';
import { type UserRecord, UserRecords } from './user-records.js';

/** What PostgreSQL says where an address is taken. */
const UNIQUE_VIOLATION = '23505';

/** Members of an end user that are to change. One that is undefined is taken away. */
export type UserChanges = {
  readonly [Member in keyof UserRegistrationInput]?: UserRegistrationInput[Member] | undefined;
};

/**
 * The end users of the built-in store: create, find, list, change, disable, remove. Every way in keeps the rules of a
 * bootstrap file. An application with a UserStore of its own manages its end users there, and each method raises an
 * Error that says so.
 */
@Injectable()
export class Users {
  constructor(
    private readonly records: UserRecords,
    private readonly passwords: Passwords,
    private readonly endUsers: EndUsers,
    private readonly store: UserStore,
    private readonly accounts: LinkedAccountRepository,
    private readonly vault: TokenVault,
    private readonly outbox: RemoteRevocationRepository,
    private readonly sql: PreparedSql,
    private readonly events: Events,
  ) {}

  /** Stores a new end user. Raises InvalidEntryError with all that is wrong, and for an e-mail address that is taken. */
  async create(user: UserRegistrationInput): Promise<UserRecord> {
    this.#requireOurStore();
    const { password, ...checked } = checkEntry<UserRegistration>(userRegistration, user);
    const passwordHash = password === undefined ? undefined : await this.passwords.hash(password);
    const record = await this.sql.transaction(async (transaction) => {
      const stored = await this.store.create({ ...checked, passwordHash }, transaction.manager);
      return stored && this.records.find(stored.id, transaction);
    });
    if (record === undefined) throw new InvalidEntryError([{ path: ['email'], problem: `${checked.email} is taken` }]);
    this.events.emit({ type: 'user.created', subject: record.id });
    return record;
  }

  /** The end user of this id, disabled or not; undefined where there is none. */
  async find(id: string): Promise<UserRecord | undefined> {
    this.#requireOurStore();
    return isUserId(id) ? this.records.find(id) : undefined;
  }

  /** The end user of this e-mail address, disabled or not, however the address is spelled; undefined where there is none. */
  async findByEmail(email: string): Promise<UserRecord | undefined> {
    this.#requireOurStore();
    return email.includes('\0') ? undefined : this.records.findByEmail(email);
  }

  /** One page of all end users, disabled ones included, in the order of their ids. */
  async list(request: ListRequest = {}): Promise<ListPage<UserRecord>> {
    this.#requireOurStore();
    return this.records.list(request);
  }

  /**
   * Changes some members and keeps the others; undefined where there is no such end user. A password that changes, or is
   * taken away, ends every session and token that was given before. Raises InvalidEntryError with all that is wrong, and
   * for an e-mail address that is taken.
   */
  async update(id: string, changes: UserChanges): Promise<UserRecord | undefined> {
    this.#requireOurStore();
    if (!isUserId(id)) return undefined;
    const isPasswordChanged = 'password' in changes;
    // Hashed before the row is locked, because a hash is slow.
    const passwordHash = changes.password === undefined ? undefined : await this.#hash(changes.password);
    const record = await this.sql
      .transaction(async (transaction) => {
        const stored = await this.records.lock(id, transaction);
        if (stored === undefined) return undefined;
        const { email, emailVerified, claims } = merged(stored, changes);
        if (email !== stored.email && email !== undefined && (await this.records.isTaken(email, id, transaction)))
          throw new InvalidEntryError([{ path: ['email'], problem: `${email} is taken` }]);
        await this.records.update(id, { email, emailVerified, claims }, transaction);
        if (isPasswordChanged) await this.records.setPassword(id, passwordHash, transaction);
        return this.records.find(id, transaction);
      })
      .catch((error: { readonly code?: unknown }) => {
        // Somebody else has taken the address at the same moment.
        if (error.code === UNIQUE_VIOLATION) throw new InvalidEntryError([{ path: ['email'], problem: 'is taken' }]);
        throw error;
      });
    if (record === undefined) return undefined;
    if (isPasswordChanged) await this.endUsers.cutOff(id);
    this.events.emit({ type: isPasswordChanged ? 'user.password_changed' : 'user.changed', subject: id });
    return record;
  }

  /** Disables an end user and ends every session and token of theirs, on every node; false where none is enabled. */
  async disable(id: string): Promise<boolean> {
    this.#requireOurStore();
    return this.#told('user.disabled', id, (sql) => this.records.disable(id, sql));
  }

  /** Enables an end user again, whose earlier sessions and tokens stay over; false where none is disabled. */
  async enable(id: string): Promise<boolean> {
    this.#requireOurStore();
    return this.#told('user.enabled', id, (sql) => this.records.enable(id, sql));
  }

  /**
   * Removes an end user with their linked accounts for good, and ends every session and token; false where there is
   * none. That providers are to take the tokens of those accounts back is written in the same transaction.
   */
  async remove(id: string): Promise<boolean> {
    this.#requireOurStore();
    const linked = isUserId(id) ? await this.accounts.listOf(id) : [];
    const kept = await Promise.all(
      linked.map(async (account) => ({ provider: account.provider, tokens: await this.vault.find(account) })),
    );
    const isRemoved = await this.#told('user.removed', id, async (sql) => {
      for (const { provider, tokens } of kept) if (tokens !== undefined) await this.outbox.add(provider, tokens, sql);
      return this.records.remove(id, sql);
    });
    if (isRemoved) for (const account of linked) await this.vault.remove(account);
    return isRemoved;
  }

  async #told(
    type: 'user.disabled' | 'user.enabled' | 'user.removed',
    id: string,
    change: (transaction: Transaction) => Promise<boolean>,
  ): Promise<boolean> {
    const isChanged = isUserId(id) && (await this.sql.transaction(change));
    if (isChanged) this.events.emit({ type, subject: id });
    return isChanged;
  }

  #hash(password: string): Promise<string> {
    const checked = checkEntry<UserRegistration>(userRegistration, { email: 'any@example.com', password });
    return this.passwords.hash(checked.password ?? password);
  }

  #requireOurStore(): void {
    if (this.store instanceof PostgresUserStore) return;
    const name = this.store.constructor.name;
    throw new Error(`End users are kept by ${name} here, in the place of the built-in UserStore; manage them there.`);
  }
}

/** The end user as changed, by the rules of a registration. An end user without an address may stay so. */
function merged(stored: UserRecord, { password: _, ...changes }: UserChanges) {
  const { email, emailVerified: email_verified, claims } = stored;
  const all: Readonly<Record<string, unknown>> = { ...claims, email, email_verified, ...changes };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const hasNone = given.email === undefined;
  const checked = checkEntry<UserRegistration>(
    userRegistration,
    hasNone ? { ...given, email: 'any@example.com' } : given,
  );
  // Claims that came from a provider are kept, although the rule does not know them.
  const others = Object.fromEntries(Object.entries(claims).filter(([name]) => !(name in userRegistration.in.shape)));
  const kept: StandardClaims = { ...others, ...checked.claims };
  return { email: hasNone ? undefined : checked.email, emailVerified: !hasNone && checked.emailVerified, claims: kept };
}
