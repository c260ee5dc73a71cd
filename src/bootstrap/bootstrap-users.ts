import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type CheckedPassword, CheckedPasswords } from '../users/password/checked-passwords.js';
import { Passwords } from '../users/password/passwords.js';
import type { User } from '../users/user/user.js';
import type { UserRegistration } from '../users/user/user-registration.js';
import { UserStore } from '../users/user/user-store.js';

/** How many end users are looked at at once: fewer than may wait for a hash. */
const AT_ONCE = 16;

/**
 * Stores end users so that doing it again changes nothing, neither `updated_at` nor the salt of a password, and costs no
 * hash: a password that was once found to be behind the stored hash is remembered.
 */
@Injectable()
export class BootstrapUsers {
  constructor(
    private readonly users: UserStore,
    private readonly passwords: Passwords,
    private readonly checked: CheckedPasswords,
  ) {}

  /** Stores the end users who are new or differ from their stored row. */
  async load(users: readonly UserRegistration[]): Promise<void> {
    for (let start = 0; start < users.length; start += AT_ONCE) await this.#load(users.slice(start, start + AT_ONCE));
  }

  async #load(users: readonly UserRegistration[]): Promise<void> {
    const pairs = await Promise.all(
      users.map(async (given) => ({ given, stored: await this.users.findByEmail(given.email) })),
    );
    const known = await this.checked.find(pairs.flatMap(({ given, stored }) => behindHash(given, stored)));
    const checked = await Promise.all(
      pairs.map(async ({ given, stored }) => {
        const isKnown = stored !== undefined && known.has(stored.id);
        const user = await this.#store(given, stored, isKnown);
        return isKnown ? [] : behindHash(given, user);
      }),
    );
    await this.checked.keep(checked.flat());
  }

  async #store(given: UserRegistration, stored: User | undefined, isKnown: boolean): Promise<User> {
    const { email, emailVerified, password, claims } = given;
    const passwordHash = isKnown ? stored?.passwordHash : await this.#hashFor(password, stored?.passwordHash);
    const isSame =
      stored?.emailVerified === emailVerified &&
      stored.passwordHash === passwordHash &&
      isDeepStrictEqual(stored.claims, withoutUndefined(claims));
    return isSame ? stored : this.users.upsertByEmail({ email, emailVerified, passwordHash, claims });
  }

  /** The stored hash where the password fits it, since a new hash of the same password would differ. */
  async #hashFor(password: string | undefined, stored: string | undefined): Promise<string | undefined> {
    if (password === undefined) return stored;
    if (stored !== undefined && (await this.passwords.verify(password, stored))) return stored;
    return this.passwords.hash(password);
  }
}

/** The password of an end user with its stored hash, as a list of one; empty where the file or the store has none. */
function behindHash({ password }: UserRegistration, user: User | undefined): CheckedPassword[] {
  const { id: subject = '', passwordHash } = user ?? {};
  return password === undefined || passwordHash === undefined ? [] : [{ subject, password, passwordHash }];
}

/** A value as it comes back from JSON, without members that are undefined. */
function withoutUndefined(claims: object): unknown {
  return JSON.parse(JSON.stringify(claims));
}
