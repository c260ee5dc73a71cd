import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import type { NameClaim } from '../../common/extension/family-decorator.js';
import { UnknownProviderError } from './errors/unknown-provider.error.js';
import { LOGIN_OPTIONS, type LoginOptions } from './login.options.js';
import { RemoteApp as RemoteAppDecorator } from './remote-app.decorator.js';
import type { RemoteApp } from './remote-app.js';
import { completeRemoteApp } from './settings/complete-remote-app.js';
import type { RemoteAppSettings } from './settings/remote-app-settings.js';

/** The remote apps of this server by name, those of the options first. */
@Injectable()
export class RemoteAppRegistry implements OnModuleInit {
  readonly #apps = new Map<string, RemoteApp>();

  constructor(
    @Inject(LOGIN_OPTIONS) private readonly options: LoginOptions,
    private readonly decorated: DecoratedProviders,
    private readonly issuer: Issuer,
  ) {}

  /** Throws with all faults of all remote apps together. */
  onModuleInit(): void {
    const classes = this.decorated.with<NameClaim, Omit<RemoteAppSettings, 'name'>>(RemoteAppDecorator.family.key);
    const replaced = new Set(classes.filter(({ meta }) => meta.replace).map(({ meta }) => meta.name));
    const settings = [
      ...(this.options.apps ?? []).filter(({ name }) => !replaced.has(name)),
      ...classes.map(({ meta, provider }): RemoteAppSettings => ({ ...provider, name: meta.name })),
    ];
    const faults = settings.flatMap((each) => this.#register(each));
    if (faults.length > 0) throw new Error(`Remote apps are not configured right:\n${faults.join('\n')}`);
  }

  /** Raises UnknownProviderError. */
  find(name: string): RemoteApp {
    const app = this.#apps.get(name);
    if (app === undefined) throw new UnknownProviderError(name);
    return app;
  }

  /** In the order in which the sign-in page offers them. */
  all(): readonly RemoteApp[] {
    return [...this.#apps.values()];
  }

  #register(settings: RemoteAppSettings): string[] {
    const { name } = settings;
    if (this.#apps.has(name)) return [`- ${name} is given twice; rename one of the two`];
    const completed = completeRemoteApp(settings, !this.issuer.isSecure);
    if ('faults' in completed) return completed.faults.map((f) => `- ${name}.${f.name} ${f.problem}; ${f.fix}`);
    this.#apps.set(name, completed.app);
    return [];
  }
}
