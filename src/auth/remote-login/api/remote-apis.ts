import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { OutgoingFetch } from '../../../common/outgoing/outgoing-fetch.js';
import { LinkedAccountRepository } from '../../../users/linked-account/linked-account.repository.js';
import { EndUserSession } from '../../../users/session/end-user-session.js';
import { LoginProtocol, type LoginProtocolHandler } from '../protocols/login-protocol.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';
import { AppTokens } from './app-tokens.js';
import { FreshTokens } from './fresh-tokens.js';
import { injectedRemotes } from './inject-remote.decorator.js';
import { RemoteApi } from './remote-api.js';

/** The APIs of the remote apps, by the names of these. */
@Injectable()
export class RemoteApis implements OnApplicationBootstrap {
  readonly #protocols: Registry<LoginProtocolHandler>;

  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly accounts: LinkedAccountRepository,
    private readonly fresh: FreshTokens,
    private readonly appTokens: AppTokens,
    private readonly session: EndUserSession,
    private readonly outgoing: OutgoingFetch,
    registries: Registries,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  /** Throws for an `@InjectRemote` of a name that no remote app has. */
  async onApplicationBootstrap(): Promise<void> {
    await this.apps.whenComplete();
    const known = this.apps.all().map(({ name }) => name);
    const missing = [...injectedRemotes].filter((name) => !known.includes(name));
    if (missing.length === 0 || known.length === 0) return;
    throw new Error(
      `@InjectRemote names ${missing.join(', ')}, which no remote app is called; there are ${known.join(', ')}`,
    );
  }

  /** The API of the remote app of this name, which is looked up when a call is made. */
  get(name: string): RemoteApi {
    const { accounts, fresh, appTokens, session, outgoing } = this;
    const parts = { accounts, fresh, appTokens, session, outgoing, protocols: this.#protocols };
    return new RemoteApi(() => this.apps.find(name), parts);
  }
}
