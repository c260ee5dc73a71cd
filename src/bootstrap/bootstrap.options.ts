import { z } from 'zod';
import type { ClientRegistration, ClientRegistrationInput } from '../clients/metadata/client-registration.js';
import type { OptionGroup } from '../common/config/option-group.js';
import { findUnstorable } from '../common/database/unstorable-text.js';
import type { Scope } from '../scopes/scope-registry.js';
import type { UserRegistration, UserRegistrationInput } from '../users/user/user-registration.js';
import { clientList, scopeList, userList } from './bootstrap-data.js';

/**
 * What every start stores, by the rules of a bootstrap file. What is stored already is not written again; what is left
 * out of a list stays stored.
 */
export interface StoredAtStart {
  /** Clients, each with exactly the secrets that are given. @default none */
  readonly clients?: readonly ClientRegistrationInput[];
  /** Scopes besides the standard ones of OpenID Connect. @default none */
  readonly scopes?: readonly Scope[];
  /** End users, for whom a password that is left out stays as it is stored. @default none */
  readonly users?: readonly UserRegistrationInput[];
}

/** The option `clients`, checked. */
export abstract class ClientsToStore {
  abstract readonly list: readonly ClientRegistration[];
}

/** The option `scopes`, checked. */
export abstract class ScopesToStore {
  abstract readonly list: readonly Scope[];
}

/** The option `users`, checked. */
export abstract class UsersToStore {
  abstract readonly list: readonly UserRegistration[];
}

/** The option `clients`. */
export const clientsGroup: OptionGroup<ClientsToStore> = {
  token: ClientsToStore,
  rule: storable(clientList),
  leftOut: [],
};

/** The option `scopes`. */
export const scopesGroup: OptionGroup<ScopesToStore> = {
  token: ScopesToStore,
  rule: storable(scopeList),
  leftOut: [],
};

/** The option `users`. */
export const usersGroup: OptionGroup<UsersToStore> = {
  token: UsersToStore,
  rule: storable(userList),
  leftOut: [],
};

function storable<Entry>(rule: z.ZodType<Entry[]>): z.ZodType<{ readonly list: readonly Entry[] }> {
  const text = z.unknown().superRefine((given, { addIssue }) => {
    const path = findUnstorable(given);
    if (path !== undefined) {
      addIssue({ code: 'custom', path: [...path], message: 'has a NUL or half a surrogate pair' });
    }
  });
  return text.pipe(rule).transform((list) => ({ list }));
}
