import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { InvalidGrantError } from '../../common/errors/rfc6749.errors.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import { AccessTokenRepository } from '../storage/access-token.repository.js';
import { AuthorizationRepository } from '../storage/authorization.repository.js';
import type { TokenFamily } from '../storage/token-family.js';
import { TOKEN_FAMILIES, TokenFamilyRepository } from '../storage/token-family.repository.js';
import type { TokenResponse } from '../token-endpoint/grant.js';
import { TokenLifetimes } from './token-lifetimes.js';
import { TokenMint } from './token-mint.js';

/** What to issue, and to whom. */
export interface TokenOrder {
  readonly client: Client;
  /** Decides the lifetimes. */
  readonly grantType: string;
  readonly scopes: readonly string[];
  /** The person that the tokens speak for; left out where a client acts in its own right. */
  readonly endUser?: TokenEndUser;
  /** What the person allowed; left out, it is recorded now that they allow these scopes. */
  readonly authorizationId?: string;
  /** Adds a refresh token where the client may have one. */
  readonly withRefreshToken?: boolean;
  /** Adds an id_token where openid is among the scopes. */
  readonly withIdToken?: boolean;
}

/** A person, and how they proved who they are. */
export interface TokenEndUser {
  readonly userId: string;
  readonly authTime: Date;
  /** RFC 8176, for example `pwd`. */
  readonly amr: readonly string[];
  /** `sid`; left out where no browser took part. */
  readonly sessionId?: string;
}

/** Makes and stores tokens: what a grant of yours issues by. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly mint: TokenMint,
    private readonly accessTokens: AccessTokenRepository,
    private readonly families: TokenFamilyRepository,
    private readonly authorizations: AuthorizationRepository,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  /**
   * The response of the token endpoint, once its rows are committed; a client's own JWT needs none. Raises
   * UnauthorizedClientError when this server does not have the client's access token format, and InvalidGrantError when
   * the end user takes the authorization back meanwhile.
   */
  async issue(order: TokenOrder): Promise<TokenResponse> {
    const family = order.endUser && (await this.#newFamily(order, order.endUser));
    const minted = await this.mint.mint({ ...order, family });
    if (family === undefined) await Promise.all(minted.accessTokens.map((row) => this.accessTokens.insert(row)));
    else if (!(await this.families.found(family, minted)))
      throw new InvalidGrantError({ description: 'The end user has taken the authorization back' });
    return minted.response;
  }

  async #newFamily(order: TokenOrder, { userId, authTime, amr, sessionId }: TokenEndUser): Promise<TokenFamily> {
    const { client, scopes, grantType } = order;
    const authorizationId = order.authorizationId ?? (await this.authorizations.allow(userId, client.id, scopes));
    const lifetimeSeconds = order.withRefreshToken
      ? this.lifetimes.tokenFamilySeconds
      : this.lifetimes.accessTokenSeconds(client, grantType);
    const expiresAt = secondsAfter(this.clock.now(), lifetimeSeconds);
    return {
      period: TOKEN_FAMILIES.periodOf(expiresAt),
      id: randomUUID(),
      authorizationId,
      clientId: client.id,
      userId,
      sessionId,
      scopes,
      authTime,
      amr,
      expiresAt,
    };
  }
}
