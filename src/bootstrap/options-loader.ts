import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { optionFaults, optionPath } from '../common/config/check-options.js';
import { ClientsToStore, ScopesToStore, UsersToStore } from './bootstrap.options.js';
import { BootstrapLoader } from './bootstrap-loader.js';

/** Stores what the options `clients`, `scopes` and `users` name, before the application listens. */
@Injectable()
export class OptionsLoader implements OnApplicationBootstrap {
  constructor(
    private readonly loader: BootstrapLoader,
    private readonly clients: ClientsToStore,
    private readonly scopes: ScopesToStore,
    private readonly users: UsersToStore,
  ) {}

  /** Throws a RangeError for a client that lists a scope that is none, or whose members an extension refuses. */
  async onApplicationBootstrap(): Promise<void> {
    const data = { clients: this.clients.list, scopes: this.scopes.list, users: this.users.list };
    if (Object.values(data).every(({ length }) => length === 0)) return;
    await this.loader.load(data, (faults) =>
      optionFaults(faults.map(({ path, problem }) => `${optionPath(path)}: ${problem}`)),
    );
  }
}
