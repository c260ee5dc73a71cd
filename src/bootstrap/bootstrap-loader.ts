import { Injectable, Logger } from '@nestjs/common';
import { ClientRepository } from '../clients/client-registry.js';
import { DeclaredClients } from '../clients/declared-clients.js';
import type { RegistrationFault } from '../clients/metadata/client-metadata-extensions.js';
import type { ClientRegistration } from '../clients/metadata/client-registration.js';
import { RegistrationRules } from '../clients/metadata/registration-rules.js';
import { digestOf } from '../common/crypto/random-token.js';
import { PreparedSql } from '../common/database/prepared-sql.js';
import { Events } from '../common/events/events.js';
import { ScopeRegistry } from '../scopes/scope-registry.js';
import type { BootstrapData } from './bootstrap-data.js';
import { BootstrapUsers } from './bootstrap-users.js';
import { BootstrapWarnings } from './bootstrap-warnings.js';

/** Makes the error of what is wrong with data, each fault with its path, for example `clients[1].scope`. */
export type TellFaults = (faults: readonly RegistrationFault[]) => Error;

/**
 * Stores the end users, clients and scopes of a bootstrap file or of the options at every start. Data that are stored already are not
 * written again.
 */
@Injectable()
export class BootstrapLoader {
  readonly #logger = new Logger('Bootstrap');

  constructor(
    private readonly users: BootstrapUsers,
    private readonly clients: ClientRepository,
    private readonly declared: DeclaredClients,
    private readonly rules: RegistrationRules,
    private readonly scopes: ScopeRegistry,
    private readonly sql: PreparedSql,
    private readonly warnings: BootstrapWarnings,
    private readonly events: Events,
  ) {}

  /**
   * Stores checked data; nodes that start together take turns. Throws what `tell` makes of the faults, before anything is
   * stored, for a client whose scope neither exists nor stands in the data, or whose members an extension refuses.
   *
   * Scopes and clients go in one transaction. End users go through the UserStore port, since a replacement may know no
   * transaction of ours. They go last, so that only a database that breaks just then leaves clients without end users.
   */
  async load(data: BootstrapData, tell: TellFaults): Promise<void> {
    const clients = this.#checked(data, tell);
    for (const warning of data.clients.flatMap((client) => this.warnings.about(client))) this.#logger.warn(warning);
    const changed: string[] = [];
    await this.sql.exclusively('bootstrap', async (transaction) => {
      await this.scopes.save(data.scopes, transaction);
      for (const { clientId, metadata, secrets } of clients) {
        const isChanged = await this.clients.save(clientId, metadata, secrets.map(digestOf), transaction);
        if (isChanged) changed.push(clientId);
        this.declared.add(clientId);
      }
      await this.users.load(data.users);
    });
    for (const clientId of changed) this.events.emit({ type: 'client.changed', clientId });
    await this.scopes.reload();
  }

  #checked({ clients, scopes }: BootstrapData, tell: TellFaults): readonly ClientRegistration[] {
    const declared = scopes.map(({ name }) => name);
    const all = clients.map((client) => this.rules.check(client, declared));
    const faults = all.flatMap((each, index) =>
      each.faults.map(({ path, problem }) => ({ path: ['clients', index, ...path], problem })),
    );
    if (faults.length > 0) throw tell(faults);
    return all.flatMap(({ checked }) => checked ?? []);
  }
}
