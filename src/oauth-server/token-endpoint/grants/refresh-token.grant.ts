import { Injectable } from '@nestjs/common';
import { InvalidGrantError } from '../../../common/errors/rfc6749.errors.js';
import { Events } from '../../../common/events/events.js';
import { parseScope, requestedScopes, scopesBeyond } from '../../../common/scope.js';
import { Clock } from '../../../common/time/clock.js';
import { secondsAfter } from '../../../common/time/instant.js';
import { EndUsers } from '../../../users/user/end-users.js';
import {
  openResponse,
  RefreshTokenRepository,
  type SpentRefreshToken,
  type StoredRefreshToken,
} from '../../storage/refresh-token.repository.js';
import { TokenFamilyRepository } from '../../storage/token-family.repository.js';
import { AlreadySpentError, TokenIssuer, type TokenResponse } from '../../tokens/token-issuer.js';
import { TokenLifetimes } from '../../tokens/token-lifetimes.js';
import { type Grant, GrantType, type TokenRequest } from '../grant.js';

/** A refresh that broke no rule, or a reuse, which `issue` answers by revoking the family. */
export interface Refresh {
  readonly request: TokenRequest;
  /** The refresh token as the client sent it. */
  readonly refreshToken: string;
  readonly stored: StoredRefreshToken;
  readonly scopes: readonly string[];
}

/**
 * `refresh_token` (RFC 6749 section 6). Each use spends the token and gives its successor; a spent one that comes back
 * ends the whole family (RFC 9700 section 4.14.2). For a short while after it was spent, and as long as nobody has used
 * its successor, a request for the same scopes gets the very same response again instead, so that neither a lost answer
 * nor requests in parallel sign anybody out.
 */
@Injectable()
@GrantType('refresh_token')
export class RefreshTokenGrant implements Grant<Refresh> {
  constructor(
    private readonly tokens: RefreshTokenRepository,
    private readonly families: TokenFamilyRepository,
    private readonly endUsers: EndUsers,
    private readonly issuer: TokenIssuer,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
    private readonly events: Events,
  ) {}

  /**
   * Raises InvalidRequestError, InvalidGrantError and InvalidScopeError. A reuse must be answered as one whatever else
   * is wrong, so the later rules let it pass.
   */
  async validate(request: TokenRequest): Promise<Refresh> {
    const refreshToken = request.parameters.required('refresh_token');
    const stored = await this.tokens.find(refreshToken);
    if (stored === undefined) throw refused('This server issued no such refresh token');
    const { isRevoked, isStoredUser, family, expiresAt } = stored;
    if (family.clientId !== request.client.id) throw refused('The refresh token was issued to another client');
    if (isRevoked) throw refused('The refresh token is revoked');
    const now = this.clock.now();
    if (this.#isReuse(stored, now)) return { request, refreshToken, stored, scopes: [] };
    if (expiresAt <= now) throw refused('The refresh token has expired, or the sign-in that it is from is over');
    const mayAct = await this.endUsers.mayAct({ subject: family.subject, isStoredUser });
    if (!mayAct) throw refused('The end user has no account here any more');
    return { request, refreshToken, stored, scopes: scopesOf(request, stored) };
  }

  /**
   * Spends the token. A token that was spent before, or that another request spends first, gets that request's response
   * again or counts as a reuse, which revokes the family. Raises InvalidGrantError.
   */
  async issue({ request, refreshToken, stored, scopes }: Refresh): Promise<TokenResponse> {
    if (stored.spent !== undefined) return this.#answerAgain(refreshToken, stored, scopes);
    const { client, grantType } = request;
    const { refreshReplayWindowSeconds } = this.lifetimes;
    const { family } = stored;
    const confirmation = request.confirmation ?? family.confirmation;
    const order = { client, grantType, family, granted: { ...family.granted, scopes }, confirmation };
    try {
      const withTokens = { ...order, withRefreshToken: true, withIdToken: true };
      return await this.issuer.issue(
        withTokens,
        this.tokens.spending(refreshToken, family, refreshReplayWindowSeconds),
      );
    } catch (error) {
      if (!(error instanceof AlreadySpentError)) throw error;
      return this.#answerAgain(refreshToken, await this.tokens.find(refreshToken), scopes);
    }
  }

  async #answerAgain(
    refreshToken: string,
    stored: StoredRefreshToken | undefined,
    scopes: readonly string[],
  ): Promise<TokenResponse> {
    if (stored?.spent === undefined || stored.isRevoked) throw refused('The refresh token is revoked');
    const now = this.clock.now();
    if (!this.#isReuse(stored, now)) return answerAgain(refreshToken, stored.spent, scopes, now);
    const { id: familyId, clientId, subject } = stored.family;
    await this.families.revoke(stored.family, 'refresh token reused');
    this.events.emit({ type: 'refresh_token.reused', familyId, clientId, subject });
    throw refused('The refresh token was used before, so every token of this sign-in is now revoked');
  }

  /** True for a token that was spent longer ago than a retry takes, or whose successor was spent too. */
  #isReuse({ spent }: StoredRefreshToken, now: Date): boolean {
    if (spent === undefined) return false;
    const isOver = now >= secondsAfter(spent.at, this.lifetimes.refreshReplayWindowSeconds);
    return isOver || spent.answer?.isSuccessorSpent === true;
  }
}

/** The response of the first request, for the same scopes, with what is left of the access token's lifetime. */
function answerAgain(
  refreshToken: string,
  { at, answer }: SpentRefreshToken,
  scopes: readonly string[],
  now: Date,
): TokenResponse {
  if (answer === undefined) throw refused('The refresh token was used a moment ago');
  const response = openResponse<TokenResponse>(answer.sealedResponse, refreshToken);
  const given = parseScope(response.scope);
  if (given.length !== scopes.length || scopesBeyond(scopes, given).length > 0)
    throw refused('The refresh token was used a moment ago, for other scopes');
  const secondsAgo = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 1000));
  return { ...response, expires_in: Math.max(0, response.expires_in - secondsAgo) };
}

/**
 * The scopes of the new access token: those that the request names, or all that the end user allowed and the client may
 * still ask for, and never more (RFC 6749 section 6).
 */
function scopesOf({ client, parameters }: TokenRequest, { family }: StoredRefreshToken): readonly string[] {
  const allowed = family.granted.scopes.filter((scope) => client.scopes.includes(scope));
  return requestedScopes(parameters.get('scope'), allowed);
}

function refused(description: string): InvalidGrantError {
  return new InvalidGrantError({ description });
}
