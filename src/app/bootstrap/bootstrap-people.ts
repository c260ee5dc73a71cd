import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { type CheckedPassword, CheckedPasswords } from '../../users/password/checked-passwords.js';
import { Passwords } from '../../users/password/passwords.js';
import type { User } from '../../users/user/user.js';
import { UserStore } from '../../users/user/user-store.js';
import type { BootstrapUser } from './bootstrap-user.js';

/** So many at once, which is less than may wait for a hash. */
const AT_ONCE = 16;

/**
 * Stores end users so that doing it again changes nothing, neither `updated_at` nor the salt of a password, and costs no
 * hash: a password that was once found to be behind the stored hash is remembered.
 */
@Injectable()
export class BootstrapPeople {
  constructor(
    private readonly users: UserStore,
    private readonly passwords: Passwords,
    private readonly checked: CheckedPasswords,
  ) {}

  /** Stores those who are new or differ from what is stored. */
  async load(people: readonly BootstrapUser[]): Promise<void> {
    for (let start = 0; start < people.length; start += AT_ONCE) await this.#load(people.slice(start, start + AT_ONCE));
  }

  async #load(people: readonly BootstrapUser[]): Promise<void> {
    const pairs = await Promise.all(
      people.map(async (person) => ({ person, stored: await this.users.findByEmail(person.email) })),
    );
    const known = await this.checked.find(pairs.flatMap(({ person, stored }) => behindHash(person, stored)));
    const checked = await Promise.all(
      pairs.map(async ({ person, stored }) => {
        const isKnown = stored !== undefined && known.has(stored.id);
        const user = await this.#store(person, stored, isKnown);
        return isKnown ? [] : behindHash(person, user);
      }),
    );
    await this.checked.keep(checked.flat());
  }

  async #store(person: BootstrapUser, stored: User | undefined, isKnown: boolean): Promise<User> {
    const { email, emailVerified, password, claims } = person;
    const passwordHash = isKnown ? stored?.passwordHash : await this.#hashFor(password, stored?.passwordHash);
    const isSame =
      stored?.emailVerified === emailVerified &&
      stored.passwordHash === passwordHash &&
      isDeepStrictEqual(stored.claims, withoutUndefined(claims));
    return isSame ? stored : this.users.upsertByEmail({ email, emailVerified, passwordHash, claims });
  }

  /** To hash costs as much as to verify, but a new hash would differ each time. */
  async #hashFor(password: string | undefined, stored: string | undefined): Promise<string | undefined> {
    if (password === undefined) return stored;
    if (stored !== undefined && (await this.passwords.verify(password, stored))) return stored;
    return this.passwords.hash(password);
  }
}

/** What is to be known of an end user's password: nothing where the file or the store has none. */
function behindHash({ password }: BootstrapUser, user: User | undefined): CheckedPassword[] {
  const { id: subject = '', passwordHash } = user ?? {};
  return password === undefined || passwordHash === undefined ? [] : [{ subject, password, passwordHash }];
}

/** As JSON keeps it. */
function withoutUndefined(claims: object): unknown {
  return JSON.parse(JSON.stringify(claims));
}
