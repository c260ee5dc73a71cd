import { Injectable, type OnApplicationBootstrap, SetMetadata } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { epochSeconds } from '../../common/time/instant.js';
import type { SignIn } from '../../users/session/sign-in.js';
import type { User } from '../../users/user/user.js';
import type { GrantedAccess } from '../storage/granted-access.js';
import { CLAIMS_SOURCE, type ClaimsSource } from './claims-source.js';
import { SCOPE_CLAIMS } from './scope-claims.js';

/** The access that a token will give. */
export interface DescribedAccess {
  readonly client: Client;
  /** `sub`: the end user, or the client itself. */
  readonly subject: string;
  readonly granted: GrantedAccess;
  /** Undefined where a client acts in its own right. */
  readonly signIn: SignIn | undefined;
}

/**
 * Adds claims of your own to access tokens: a JWT carries them, introspection tells them, and a guarded API finds them
 * in `claims` of the verified token. The server alone gives the claims of RFC 9068 section 2.2.
 */
export interface TokenClaims {
  /** The claims by their names on the wire. Undefined values are left out. */
  claims(access: DescribedAccess): Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}

/** Metadata key of `@TokenClaims`. */
export const TOKEN_CLAIMS = 'gatehouse:token-claims';

/** Registers an injectable class that implements TokenClaims; list it in any module. */
export const TokenClaims = (): ClassDecorator => SetMetadata(TOKEN_CLAIMS, true);

/**
 * Tells resource servers the members of the granted access beside scopes: RFC 9396 section 9.1, RFC 9470 section 6, RFC
 * 8693 section 4.1.
 */
@Injectable()
@TokenClaims()
export class GrantedAccessClaims implements TokenClaims {
  claims({ granted, signIn }: DescribedAccess): Readonly<Record<string, unknown>> {
    return { authorization_details: granted.authorizationDetails, acr: granted.acr ?? signIn?.acr, act: granted.actor };
  }
}

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
      const given = claims instanceof Promise ? await claims : claims;
      for (const name of Object.keys(given)) {
        if (given[name] !== undefined) known = { ...known, [name]: given[name] };
      }
    }
    return known;
  }
}
