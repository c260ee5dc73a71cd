import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import type { NameClaim } from '../../common/extension/family-decorator.js';
import { Registries, type Registry } from '../../common/extension/registries.js';
import { LoginOptions } from './login.options.js';
import { LoginFailure, quoted } from './login-failure.js';
import { LoginProtocol, type LoginProtocolHandler } from './protocols/login-protocol.js';
import { RemoteApp } from './remote-app.js';
import { completeRemoteApp } from './settings/complete-remote-app.js';
import type { RemoteAppSettings } from './settings/remote-app-settings.js';

/** The remote apps of this server by name, those of the options first. */
@Injectable()
export class RemoteAppRegistry implements OnApplicationBootstrap {
  readonly #apps = new Map<string, RemoteApp>();
  readonly #listeners: ((app: RemoteApp) => void)[] = [];
  #complete: Promise<void> | undefined;
  readonly #protocols: Registry<LoginProtocolHandler>;

  constructor(
    private readonly options: LoginOptions,
    private readonly decorated: DecoratedProviders,
    private readonly issuer: Issuer,
    registries: Registries,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  /** Throws with all faults of all remote apps together. */
  onApplicationBootstrap(): Promise<void> {
    return this.whenComplete();
  }

  /** Resolves when every app of the options and of classes is there; rejects with all their faults. */
  whenComplete(): Promise<void> {
    this.#complete ??= this.#completeAll();
    return this.#complete;
  }

  async #completeAll(): Promise<void> {
    const classes = this.decorated.with<NameClaim, Omit<RemoteAppSettings, 'name'>>(RemoteApp.family.key);
    const replaced = new Set(classes.filter(({ meta }) => meta.replace).map(({ meta }) => meta.name));
    const settings = [
      ...this.options.apps.filter(({ name }) => !replaced.has(name)),
      ...classes.map(({ meta, provider }): RemoteAppSettings => ({ ...provider, name: meta.name })),
    ];
    const faults: string[] = [];
    for (const each of settings) faults.push(...(await this.#register(each)));
    if (faults.length > 0) throw notRight(faults);
  }

  /**
   * Offers signing in at one more provider, from now on and in this process. Throws an Error with every fault of the
   * settings.
   */
  async register(settings: RemoteAppSettings): Promise<RemoteApp> {
    await this.whenComplete();
    const faults = await this.#register(settings);
    if (faults.length > 0) throw notRight(faults);
    return this.find(settings.name);
  }

  /** The remote app of this name. Raises LoginFailure (unknown_provider). */
  find(name: string): RemoteApp {
    const app = this.#apps.get(name);
    if (app === undefined) {
      throw new LoginFailure('unknown_provider', undefined, `no remote app is called ${quoted(name)}`);
    }
    return app;
  }

  /** Every remote app, in the order in which the sign-in page offers them. */
  all(): readonly RemoteApp[] {
    return [...this.#apps.values()];
  }

  /** Calls the listener once for every remote app, also for those that are registered later. */
  async onEach(listener: (app: RemoteApp) => void): Promise<void> {
    await this.whenComplete();
    this.#listeners.push(listener);
    for (const app of this.all()) listener(app);
  }

  async #register(settings: RemoteAppSettings): Promise<string[]> {
    const { name } = settings;
    const completed = await completeRemoteApp(settings, !this.issuer.isSecure, new Map(this.#protocols.entries));
    if ('faults' in completed) return completed.faults.map((f) => `- ${name}.${f.name} ${f.problem}; ${f.fix}`);
    if (completed.app.responseMode === 'form_post' && !this.issuer.isSecure && !this.issuer.isLocal) {
      return [
        `- ${name}.responseMode is form_post, which needs a cookie that browsers take over https alone; give this server an https issuer`,
      ];
    }
    // Looked at last, since another of this name may have come while the preset was loaded.
    if (this.#apps.has(name)) return [`- ${name} is given twice; rename one of the two`];
    this.#apps.set(name, completed.app);
    for (const listener of this.#listeners) listener(completed.app);
    return [];
  }
}

function notRight(faults: readonly string[]): Error {
  return new Error(`Remote apps are not configured right:\n${faults.join('\n')}`);
}
