import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { epochSeconds } from '../../common/time/instant.js';
import type { User } from '../../users/user/user.js';
import { CLAIMS_SOURCE, type ClaimsSource } from './claims-source.js';
import { checkedClaims, type GivenClaims } from './given-claims.js';
import { SCOPE_CLAIMS } from './scope-claims.js';
import { type DescribedAccess, TOKEN_CLAIMS, type TokenClaims } from './token-claims.js';

/** A class of the application's that has this method. */
type Giving<Method extends keyof TokenClaims> = TokenClaims & Required<Pick<TokenClaims, Method>>;

function gives<Method extends keyof TokenClaims>(source: TokenClaims, method: Method): source is Giving<Method> {
  return source[method] !== undefined;
}

/** Gathers the claims of userinfo, access tokens and id_tokens that come from what was granted and from doors. */
@Injectable()
export class Claims implements OnApplicationBootstrap {
  #sources: readonly ClaimsSource[] = [];
  #ofAccessTokens: readonly Giving<'accessTokenClaims'>[] = [];
  #ofIdTokens: readonly Giving<'idTokenClaims'>[] = [];

  constructor(private readonly providers: DecoratedProviders) {}

  /** Throws at boot for a `@TokenClaims()` class that gives claims to no token. */
  onApplicationBootstrap(): void {
    this.#sources = this.providers.with<true, ClaimsSource>(CLAIMS_SOURCE).map(({ provider }) => provider);
    const classes = this.providers.with<true, TokenClaims>(TOKEN_CLAIMS).map(({ provider }) => provider);
    this.#ofAccessTokens = classes.filter((one) => gives(one, 'accessTokenClaims'));
    this.#ofIdTokens = classes.filter((one) => gives(one, 'idTokenClaims'));
    const idle = classes.find((one) => !gives(one, 'accessTokenClaims') && !gives(one, 'idTokenClaims'));
    if (idle !== undefined) {
      throw new Error(`${idle.constructor.name} is @TokenClaims(): give it accessTokenClaims() or idTokenClaims().`);
    }
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
    const added = await Promise.all(
      this.#sources.map(async (source) => checkedClaims(source, await source.claims(user, scopes))),
    );
    return Object.assign(Object.fromEntries(names.map((name) => [name, known[name]])), ...added, { sub: user.id });
  }

  /**
   * The claims of an access token beside those that its format writes; undefined where there are none. Of what was
   * granted they tell resource servers the members beside scopes (RFC 9396 section 9.1, RFC 9470 section 6, RFC 8693
   * section 4.1).
   */
  async ofAccessToken(access: DescribedAccess): Promise<GivenClaims | undefined> {
    const { granted, signIn } = access;
    const { authorizationDetails: authorization_details, actor: act } = granted;
    const acr = granted.acr ?? signIn?.acr;
    let claims: Record<string, unknown> | undefined;
    if (authorization_details !== undefined) claims = { authorization_details };
    if (acr !== undefined) claims = { ...claims, acr };
    if (act !== undefined) claims = { ...claims, act };
    for (const source of this.#ofAccessTokens) {
      const given = source.accessTokenClaims(access);
      claims = { ...claims, ...checkedClaims(source, given instanceof Promise ? await given : given) };
    }
    return claims;
  }

  /** The claims that `@TokenClaims()` classes add to an id_token. */
  async ofIdToken(access: DescribedAccess): Promise<GivenClaims> {
    const claims = {};
    for (const source of this.#ofIdTokens) {
      Object.assign(claims, checkedClaims(source, await source.idTokenClaims(access)));
    }
    return claims;
  }
}
