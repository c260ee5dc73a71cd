import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { epochSeconds } from '../../common/time/instant.js';
import type { User } from '../../users/user/user.js';
import { CLAIMS_SOURCE, type ClaimsSource } from './claims-source.js';
import { SCOPE_CLAIMS } from './scope-claims.js';
import { type DescribedAccess, TOKEN_CLAIMS, type TokenClaims } from './token-claims.js';

/** Gathers the claims of userinfo and access tokens that the protocol itself does not give. */
@Injectable()
export class Claims implements OnApplicationBootstrap {
  #sources: readonly ClaimsSource[] = [];
  #tokenClaims: readonly TokenClaims[] = [];

  constructor(private readonly providers: DecoratedProviders) {}

  onApplicationBootstrap(): void {
    this.#sources = this.providers.with<true, ClaimsSource>(CLAIMS_SOURCE).map(({ provider }) => provider);
    this.#tokenClaims = this.providers.with<true, TokenClaims>(TOKEN_CLAIMS).map(({ provider }) => provider);
  }

  /** `sub`, the standard claims of these scopes as far as they are known, and the claims that claims sources add. */
  async describe(user: User, scopes: readonly string[]): Promise<Record<string, unknown>> {
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

  /** The claims that `@TokenClaims()` classes add to an access token; undefined where there are none. */
  async describeAccess(access: DescribedAccess): Promise<Readonly<Record<string, unknown>> | undefined> {
    let known: Record<string, unknown> | undefined;
    for (const source of this.#tokenClaims) {
      const claims = source.claims(access);
      for (const [name, value] of Object.entries(claims instanceof Promise ? await claims : claims)) {
        if (value !== undefined) known = { ...known, [name]: value };
      }
    }
    return known;
  }
}
