import { z } from 'zod';
import { type ClientRegistration, clientRegistration } from '../../clients/metadata/client-registration.js';
import { scopeRegistration } from '../../scopes/scope-registration.js';
import type { Scope } from '../../scopes/scope-registry.js';
import { type UserRegistration, userRegistration } from '../../users/user/user-registration.js';

/** The content of a bootstrap file: end users, clients and scopes, which a start stores. */
export interface BootstrapData {
  readonly users: readonly UserRegistration[];
  readonly clients: readonly ClientRegistration[];
  readonly scopes: readonly Scope[];
}

/** The content of a bootstrap file. Unknown members are ignored; each id stands once. */
export const bootstrapData = z
  .object({
    users: z.array(userRegistration).default([]),
    clients: z.array(clientRegistration).default([]),
    scopes: z.array(scopeRegistration).default([]),
  })
  .superRefine(({ users, clients, scopes }, { addIssue }) => {
    const refuseRepeats = (list: string, member: string, ids: readonly string[]) =>
      ids.forEach((id, index) => {
        if (ids.indexOf(id) < index) {
          addIssue({ code: 'custom', path: [list, index, member], message: `stands twice in the file: ${id}` });
        }
      });
    refuseRepeats(
      'users',
      'email',
      users.map(({ email }) => email),
    );
    refuseRepeats(
      'clients',
      'client_id',
      clients.map(({ clientId }) => clientId),
    );
    refuseRepeats(
      'scopes',
      'name',
      scopes.map(({ name }) => name),
    );
  });

/** Tells in words how many end users, clients and scopes the data holds, for example `users: 2, clients: 1, scopes: 3`. */
export function summaryOf({ users, clients, scopes }: BootstrapData): string {
  return `users: ${users.length}, clients: ${clients.length}, scopes: ${scopes.length}`;
}
