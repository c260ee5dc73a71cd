import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { RemoteAppRegistry } from '../../remote-app-registry.js';
import type { OidcRemoteApp } from './oidc-app.js';
import { OidcConfigurations } from './oidc-configurations.js';
import { describe, issuerSaid } from './oidc-fault.js';

/**
 * Discovers every OpenID Connect provider once the server has started or the provider is registered, and warns of those at which nobody could sign in,
 * with what to change. The start does not wait for that, since providers are down at times.
 */
@Injectable()
export class DiscoveryCheck implements OnApplicationBootstrap {
  readonly #logger = new Logger(DiscoveryCheck.name);

  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly configurations: OidcConfigurations,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.apps.onEach((app) => {
      if (app.protocol === 'oidc') void this.#check(app as OidcRemoteApp);
    });
  }

  async #check(app: OidcRemoteApp): Promise<void> {
    try {
      await this.configurations.discover(app);
    } catch (error) {
      const said = issuerSaid(error);
      const fix =
        said === undefined
          ? `nobody can sign in there until it answers at its issuer, ${app.issuer}`
          : `the issuer is set to "${app.issuer}" and the provider spells it "${said}"; set it to that`;
      this.#logger.warn(`${app.name} cannot be discovered: ${describe(error)}; ${fix}`);
    }
  }
}
