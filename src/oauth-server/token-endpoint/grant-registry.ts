import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { GRANT_TYPE, type Grant } from './grant.js';

/** Every grant of every module by its wire name, built-in or yours. */
@Injectable()
export class GrantRegistry implements OnApplicationBootstrap {
  #grants = new Map<string, Grant>();

  constructor(private readonly providers: DecoratedProviders) {}

  onApplicationBootstrap(): void {
    this.#grants = this.providers.byName<Grant>(GRANT_TYPE, 'grant type', ['validate', 'issue']);
  }

  /** The grant of this name; undefined when no module provides one. */
  find(grantType: string): Grant | undefined {
    return this.#grants.get(grantType);
  }

  /** Every grant type on offer. */
  get names(): readonly string[] {
    return [...this.#grants.keys()];
  }
}
