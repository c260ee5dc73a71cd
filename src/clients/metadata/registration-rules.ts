import { Injectable } from '@nestjs/common';
import { parseScope } from '../../common/scope.js';
import { ScopeRegistry } from '../../scopes/scope-registry.js';
import { ClientMetadataExtensions, type RegistrationFault } from './client-metadata-extensions.js';
import type { ClientRegistration } from './client-registration.js';

/**
 * The rules of a registration that need the running application: the application's own members, and scopes that exist.
 */
@Injectable()
export class RegistrationRules {
  constructor(
    private readonly extensions: ClientMetadataExtensions,
    private readonly scopes: ScopeRegistry,
  ) {}

  /**
   * The registration with the application's members in its metadata, or all faults. `declared` are scopes that are about
   * to be stored.
   */
  check(
    registration: ClientRegistration,
    declared: readonly string[] = [],
  ): { checked?: ClientRegistration; faults: RegistrationFault[] } {
    const { extended, faults } = this.extensions.extend(registration);
    const unknown = parseScope(registration.metadata.scope).filter(
      (name) => !this.scopes.has(name) && !declared.includes(name),
    );
    const all = [
      ...faults,
      ...unknown.map((name) => ({
        path: ['scope'],
        problem: `names ${name}, which is no scope here; declare it first`,
      })),
    ];
    return extended === undefined || all.length > 0 ? { faults: all } : { checked: extended, faults: [] };
  }
}
