import { z } from 'zod';
import { type ClientRegistration, clientRegistration } from '../clients/metadata/client-registration.js';
import { scopeRegistration } from '../scopes/scope-registration.js';
import type { Scope } from '../scopes/scope-registry.js';
import { type UserRegistration, userRegistration } from '../users/user/user-registration.js';

/** End users, clients and scopes that a start stores, from a bootstrap file or the options. */
export interface BootstrapData {
  readonly users: readonly UserRegistration[];
  readonly clients: readonly ClientRegistration[];
  readonly scopes: readonly Scope[];
}

/** The rule of a list in which each id stands once. `member` is the name of the id where it is given. */
function listOf<Entry>(rule: z.ZodType<Entry>, member: string, idOf: (entry: Entry) => string) {
  return z.array(rule).superRefine((entries, { addIssue }) => {
    const ids = entries.map(idOf);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) < index) {
        addIssue({ code: 'custom', path: [index, member], message: `stands twice: ${id}` });
      }
    });
  });
}

/** The rule of clients that a start stores. */
export const clientList = listOf<ClientRegistration>(clientRegistration, 'client_id', ({ clientId }) => clientId);

/** The rule of scopes that a start stores. */
export const scopeList = listOf(scopeRegistration, 'name', ({ name }) => name);

/** The rule of end users whom a start stores. */
export const userList = listOf<UserRegistration>(userRegistration, 'email', ({ email }) => email);

/** The content of a bootstrap file. Unknown members are ignored. */
export const bootstrapData = z.object({
  users: userList.default([]),
  clients: clientList.default([]),
  scopes: scopeList.default([]),
});

/** Tells in words how many end users, clients and scopes the data holds, for example `users: 2, clients: 1, scopes: 3`. */
export function summaryOf({ users, clients, scopes }: BootstrapData): string {
  return `users: ${users.length}, clients: ${clients.length}, scopes: ${scopes.length}`;
}
