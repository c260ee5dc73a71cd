import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Passwords } from '../../users/password/passwords.js';
import { UserStore } from '../../users/user/user-store.js';
import type { BootstrapUser } from './bootstrap-user.js';

/** Stores people so that doing it again changes nothing: neither `updated_at` nor the salt of a password. */
@Injectable()
export class BootstrapPeople {
  constructor(
    private readonly users: UserStore,
    private readonly passwords: Passwords,
  ) {}

  /** Stores those who are new or differ from what is stored. */
  async load(people: readonly BootstrapUser[]): Promise<void> {
    await Promise.all(people.map((person) => this.#load(person)));
  }

  async #load({ email, emailVerified, password, claims }: BootstrapUser): Promise<void> {
    const stored = await this.users.findByEmail(email);
    const storedHash = stored?.passwordHash;
    const passwordHash = await this.#hashFor(password, storedHash);
    const same =
      stored?.emailVerified === emailVerified &&
      storedHash === passwordHash &&
      isDeepStrictEqual(stored.claims, withoutUndefined(claims));
    if (!same) await this.users.upsertByEmail({ email, emailVerified, passwordHash, claims });
  }

  /** To hash costs as much as to verify, but a new hash would differ each time. */
  async #hashFor(password: string | undefined, stored: string | undefined): Promise<string | undefined> {
    if (password === undefined) return stored;
    if (stored !== undefined && (await this.passwords.verify(password, stored))) return stored;
    return this.passwords.hash(password);
  }
}

/** As JSON keeps it. */
function withoutUndefined(claims: object): unknown {
  return JSON.parse(JSON.stringify(claims));
}
