import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { Issuer } from '../../common/config/issuer.js';
import type { Confirmation } from '../../common/confirmation.js';
import { OAuthError } from '../../common/errors/oauth-error.js';
import { InvalidGrantError } from '../../common/errors/rfc6749.errors.js';
import { Events } from '../../common/events/events.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import type { SignIn } from '../../users/session/sign-in.js';
import { Claims } from '../claims/claims.js';
import { AuthorizationRepository } from '../storage/authorization.repository.js';
import { REFRESH_TOKENS, TOKEN_FAMILIES } from '../storage/expiring-tables.js';
import type { GrantedAccess } from '../storage/granted-access.js';
import { type IssuedTokens, IssuingRepository } from '../storage/issuing.repository.js';
import { TokenCutoffs } from '../storage/token-cutoffs.js';
import type { TokenFamily, TokenFamilyReference } from '../storage/token-family.repository.js';
import { TokenFamilyRepository } from '../storage/token-family.repository.js';
import { TokenFormats } from './formats/token-format.js';
import { IdTokens } from './id-token/id-tokens.js';
import { TokenOptions } from './token.options.js';
import { TokenLifetimes } from './token-lifetimes.js';

/** An order of tokens: for which client and end user, with which access. */
export interface TokenOrder {
  readonly client: Client;
  /** The grant type, which decides the lifetimes. */
  readonly grantType: string;
  /** The access that the access token gives. */
  readonly granted: GrantedAccess;
  /** The end user that the tokens speak for; left out where a client acts in its own right. Begins a token family. */
  readonly endUser?: TokenEndUser | undefined;
  /**
   * The authorization that the tokens hang from. Where it is left out, it is recorded now that the end user allows the
   * scopes.
   */
  readonly authorizationId?: string | undefined;
  /** Names the family that begins, where `nameFamily` has named it ahead. */
  readonly familyReference?: TokenFamilyReference | undefined;
  /** The stored family that the tokens join, in place of an end user: a refresh. */
  readonly family?: TokenFamily | undefined;
  /** The key that the tokens are bound to (RFC 7800). */
  readonly confirmation?: Confirmation | undefined;
  /** Adds a refresh token where the client may have one. */
  readonly withRefreshToken?: boolean | undefined;
  /** Adds an id_token where openid is among the scopes. */
  readonly withIdToken?: boolean | undefined;
  /** The nonce of the authorization request, for the id_token. */
  readonly nonce?: string | undefined;
}

/** An end user, and how and when they proved who they are. */
export interface TokenEndUser {
  /** `sub`: the id of the end user. */
  readonly subject: string;
  readonly signIn: SignIn;
}

/** A successful answer of the token endpoint (RFC 6749 section 5.1); extension members are allowed. */
export interface TokenResponse {
  readonly access_token: string;
  /** `Bearer` (RFC 6750), or the type of the key that the token is bound to, for example `DPoP` (RFC 9449). */
  readonly token_type: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
  readonly [member: string]: unknown;
}

/**
 * The spending of a value that tokens are issued for and that may be used once only: a code, a refresh token, a
 * voucher. The statement that uses the value up is part of the statement that stores the tokens, so neither happens
 * without the other.
 */
export interface Spend {
  /** Unique among the spends of the process. */
  readonly name: string;
  /**
   * An UPDATE, INSERT or DELETE with its condition in WHERE and with RETURNING, which must hit exactly one row. The
   * parameters are `$1`, `$2` and so on; tables of Gatehouse are written as `gatehouse.refresh_tokens`.
   */
  readonly sql: string;
  /** The parameters of the statement. */
  values(response: TokenResponse): readonly unknown[];
}

/** The spend hit no row: the value is used up, or the end user took the authorization back. No token is stored. */
export class AlreadySpentError extends OAuthError {
  readonly code = 'invalid_grant';

  constructor() {
    super({ description: 'It was used before, or the end user has taken the authorization back' });
  }
}

/** Makes and stores tokens: the one way to issue, for the built-in grants and for yours. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly formats: TokenFormats,
    private readonly claims: Claims,
    private readonly idTokens: IdTokens,
    private readonly storage: IssuingRepository,
    private readonly authorizations: AuthorizationRepository,
    private readonly families: TokenFamilyRepository,
    private readonly cutoffs: TokenCutoffs,
    private readonly lifetimes: TokenLifetimes,
    private readonly options: TokenOptions,
    private readonly issuer: Issuer,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  /**
   * The response of the token endpoint, once its rows are committed; a client's own JWT needs none. Everything is stored
   * in one statement, with the spend in front. Where the client or the end user came into use again in this second, that
   * happens in the next one. Raises AlreadySpentError when the spend hits no row, UnauthorizedClientError
   * when this server does not have the client's access token format, and InvalidGrantError when the end user takes the
   * authorization back meanwhile.
   */
  async issue(order: TokenOrder, spend?: Spend): Promise<TokenResponse> {
    const { client, family: joined, endUser } = order;
    await this.cutoffs.whenPast(client.id, joined?.subject ?? endUser?.subject);
    const now = this.clock.now();
    const newFamily = order.family === undefined ? await this.#newFamily(order, now) : undefined;
    const family = order.family ?? newFamily;
    const { text: accessToken, row, lifetimeSeconds } = await this.#accessToken(order, family, now);
    if (order.family !== undefined) await this.families.allowFor(order.family, lifetimeSeconds, row === undefined);
    const refreshToken = this.#refreshToken(order, family, now);
    const { scopes } = order.granted;
    const idToken = await this.#idToken(order, family, accessToken);
    const response: TokenResponse = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      ...(refreshToken && { refresh_token: refreshToken.text }),
      ...(scopes.length > 0 && { scope: scopes.join(' ') }),
      ...(idToken && { id_token: idToken }),
    };
    const tokens = { newFamily, refreshToken, accessToken: row };
    if (await this.storage.store(tokens, spend, spend?.values(response))) {
      const [clientId, subject, familyId] = [order.client.id, family?.subject, family?.id];
      this.events.emit({ type: 'token.issued', clientId, subject, grantType: order.grantType, scopes, familyId });
      return response;
    }
    if (spend !== undefined) throw new AlreadySpentError();
    throw new InvalidGrantError({ description: 'The end user has taken the authorization back' });
  }

  /** How long a family lives that begins with this order: as long as the longest thing that can be in it. */
  familySeconds({ client, grantType, granted, withRefreshToken }: Omit<TokenOrder, 'family'>): number {
    const accessTokenSeconds = this.lifetimes.accessTokenSeconds(client, grantType);
    if (!withRefreshToken || !mayRefresh(client, granted.scopes)) return accessTokenSeconds;
    return Math.max(accessTokenSeconds, this.lifetimes.tokenFamilySeconds);
  }

  /**
   * Names a family ahead of its first token, so that all that one authorization response gives hangs from it. One without
   * refresh tokens may be named for a shorter time than the full one.
   */
  nameFamily(lifetimeSeconds = this.lifetimes.tokenFamilySeconds): TokenFamilyReference {
    const expiresAt = secondsAfter(this.clock.now(), lifetimeSeconds);
    return { period: TOKEN_FAMILIES.periodOf(expiresAt), id: randomUUID() };
  }

  /** A family that is named ahead lives at most to the end of the period that its name has. */
  async #newFamily(order: TokenOrder, now: Date): Promise<TokenFamily | undefined> {
    const { client, grantType, granted, endUser, familyReference, confirmation } = order;
    if (endUser === undefined) return undefined;
    const { subject, signIn } = endUser;
    const fullTime = secondsAfter(now, this.familySeconds(order));
    const { period, id } = familyReference ?? { period: TOKEN_FAMILIES.periodOf(fullTime), id: randomUUID() };
    return {
      period,
      id,
      authorizationId: order.authorizationId ?? (await this.authorizations.allow(subject, client.id, granted.scopes)),
      clientId: client.id,
      subject,
      signIn,
      granted,
      // The refresh tokens of a confidential client are bound to it by its own authentication (RFC 9449 section 5).
      confirmation: client.isPublic ? confirmation : undefined,
      accessTokenSeconds: this.lifetimes.accessTokenSeconds(client, grantType),
      hasUnstoredTokens: !this.formats.formatOf(client).isStored,
      expiresAt: earlierOf(fullTime, TOKEN_FAMILIES.endOf(period)),
    };
  }

  async #accessToken(order: TokenOrder, family: TokenFamily | undefined, now: Date) {
    const { client, grantType, granted, confirmation } = order;
    const format = this.formats.formatOf(client);
    const lifetimeSeconds = this.lifetimes.accessTokenSeconds(client, grantType);
    const subject = family?.subject ?? client.id;
    const claims = {
      tokenId: randomUUID(),
      client,
      clientId: client.id,
      family,
      subject,
      scopes: granted.scopes,
      audience: granted.resources ?? [this.issuer.url],
      confirmation,
      claims: await this.claims.ofAccessToken({ client, subject, granted, signIn: family?.signIn }),
      issuedAt: now,
      expiresAt: secondsAfter(now, lifetimeSeconds),
    };
    const text = await format.write(claims);
    return { text, lifetimeSeconds, row: format.isStored ? { text, content: claims } : undefined };
  }

  /**
   * The refresh token, where the client may have one. It lives until it has lain unused for too long, or until the
   * family ends.
   */
  #refreshToken(order: TokenOrder, family: TokenFamily | undefined, issuedAt: Date): IssuedTokens['refreshToken'] {
    const { client, grantType, withRefreshToken } = order;
    if (!withRefreshToken || family === undefined || !mayRefresh(client, family.granted.scopes)) return undefined;
    const idle = secondsAfter(issuedAt, this.lifetimes.refreshTokenSeconds(client, grantType));
    const expiresAt = earlierOf(idle, family.expiresAt);
    return { text: REFRESH_TOKENS.newToken(expiresAt, this.options.refreshTokenRandomBytes), family, expiresAt };
  }

  #idToken(order: TokenOrder, family: TokenFamily | undefined, accessToken: string): Promise<string> | undefined {
    const { client, granted, nonce, withIdToken } = order;
    if (!withIdToken || family === undefined || !granted.scopes.includes('openid')) return undefined;
    const { subject, signIn } = family;
    return this.idTokens.issue({ client, subject, signIn, granted, nonce, accessToken });
  }
}

/**
 * True where a refresh token may be given: the client lists the grant type refresh_token, and in an OpenID request that
 * could have asked for offline_access it did (OpenID Connect Core section 11). A client that is not registered for the
 * scope offline_access needs no more than to list the grant type.
 */
function mayRefresh(client: Client, scopes: readonly string[]): boolean {
  if (!client.mayUseGrant('refresh_token')) return false;
  return !scopes.includes('openid') || scopes.includes('offline_access') || !client.scopes.includes('offline_access');
}

function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other;
}
