import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { epochSeconds } from '../../common/time/instant.js';
import type { User } from '../../users/user/user.js';
import { CLAIMS_SOURCE, type ClaimsSource } from './claims-source.js';
import { SCOPE_CLAIMS } from './scope-claims.js';

/** What a client may know about a person, by scope. */
@Injectable()
export class Claims implements OnApplicationBootstrap {
  #sources: readonly ClaimsSource[] = [];

  constructor(private readonly providers: DecoratedProviders) {}

  onApplicationBootstrap(): void {
    this.#sources = this.providers.with<true, ClaimsSource>(CLAIMS_SOURCE).map(({ provider }) => provider);
  }

  /** `sub`, the standard claims of these scopes as far as they are known, and what every claims source adds. */
  async of(user: User, scopes: readonly string[]): Promise<Record<string, unknown>> {
    const known: Record<string, unknown> = {
      ...user.claims,
      email: user.email,
      email_verified: user.email === undefined ? undefined : user.emailVerified,
      updated_at: epochSeconds(user.updatedAt),
    };
    const names = scopes.flatMap((scope) => SCOPE_CLAIMS[scope] ?? []);
    const added = await Promise.all(this.#sources.map((source) => source.claims(user, scopes)));
    return Object.assign(Object.fromEntries(names.map((name) => [name, known[name]])), ...added, { sub: user.id });
  }
}
