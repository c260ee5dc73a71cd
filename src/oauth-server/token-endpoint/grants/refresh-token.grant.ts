import { Injectable } from '@nestjs/common';
import { InvalidGrantError } from '../../../common/errors/rfc6749.errors.js';
import { enforce, type Rule } from '../../../common/rules.js';
import { Clock } from '../../../common/time/clock.js';
import type { User } from '../../../users/user/user.js';
import { UserStore } from '../../../users/user/user-store.js';
import { RefreshTokenRepository, type StoredRefreshToken } from '../../storage/refresh-token.repository.js';
import { TokenFamilyRepository } from '../../storage/token-family.repository.js';
import { TokenLifetimes } from '../../tokens/token-lifetimes.js';
import { TokenMint } from '../../tokens/token-mint.js';
import { type Grant, GrantType, type TokenRequest, type TokenResponse } from '../grant.js';
import { requestedScopes } from '../requested-scopes.js';
import { openResponse, sealResponse } from '../sealed-response.js';

interface Attempt {
  readonly request: TokenRequest;
  readonly text: string;
  readonly token: StoredRefreshToken;
  /** Undefined for a person who is disabled or gone. */
  readonly user: User | undefined;
  readonly now: Date;
  readonly replayWindowSeconds: number;
}

interface Refresh extends Attempt {
  readonly scopes: readonly string[];
}

const RULES: readonly Rule<Attempt>[] = [
  [isTheClients, refused('The refresh token was issued to another client')],
  [({ token }) => token.revokedAt === undefined, refused('The refresh token is revoked')],
  [isNoReuse, refused('The refresh token was used before, so every token of this sign-in is now revoked')],
  [
    ({ token, now }) => token.expiresAt > now,
    refused('The refresh token has expired, or the sign-in that it is from is over'),
  ],
  [({ user }) => user !== undefined, refused('The end user has no account here any more')],
];

/**
 * `refresh_token` (RFC 6749 section 6). Each use spends the token and gives its successor; a spent one that comes back
 * ends the whole family (RFC 9700 section 4.14.2). For a short while after it was spent it gets the very same response
 * again instead, so that neither a lost answer nor requests in parallel sign anybody out.
 */
@Injectable()
@GrantType('refresh_token')
export class RefreshTokenGrant implements Grant<Refresh> {
  constructor(
    private readonly tokens: RefreshTokenRepository,
    private readonly families: TokenFamilyRepository,
    private readonly users: UserStore,
    private readonly mint: TokenMint,
    private readonly lifetimes: TokenLifetimes,
    private readonly clock: Clock,
  ) {}

  /**
   * Raises InvalidRequestError, InvalidGrantError and InvalidScopeError. A reuse revokes the family, which stays although
   * it is refused.
   */
  async validate(request: TokenRequest): Promise<Refresh> {
    const text = request.parameters.required('refresh_token');
    const token = await this.tokens.find(text);
    if (token === undefined) throw new InvalidGrantError({ description: 'This server issued no such refresh token' });
    const { refreshReplayWindowSeconds: replayWindowSeconds } = this.lifetimes;
    const user = await this.users.findById(token.family.userId);
    const attempt = { request, text, token, user, now: this.clock.now(), replayWindowSeconds };
    if (isTheClients(attempt) && !isNoReuse(attempt)) await this.families.revoke(token.family, 'refresh token reused');
    enforce(RULES, attempt);
    return { ...attempt, scopes: scopesOf(attempt) };
  }

  /** Whoever comes second in a race goes again, and then finds the token spent. */
  async issue({ request, text, token, scopes }: Refresh): Promise<TokenResponse> {
    if (token.spent) return openResponse(token.spent.sealedResponse, text);
    const { client, grantType } = request;
    const order = { client, grantType, family: token.family, scopes };
    const minted = await this.mint.mint({ ...order, withRefreshToken: true, withIdToken: true });
    const sealedResponse = sealResponse(minted.response, text);
    const isFirst = await this.tokens.rotate(text, this.clock.now(), sealedResponse, minted);
    return isFirst ? minted.response : this.issue(await this.validate(request));
  }
}

function isTheClients({ request, token }: Attempt): boolean {
  return token.family.clientId === request.client.id;
}

/** Unspent, or spent so recently that this is a retry. */
function isNoReuse({ token: { spent }, now, replayWindowSeconds }: Attempt): boolean {
  return spent === undefined || now.getTime() < spent.at.getTime() + replayWindowSeconds * 1000;
}

/** Fewer than the end user allowed, if the request says so, and never more (RFC 6749 section 6). */
function scopesOf({ request, token }: Attempt): readonly string[] {
  const allowed = token.family.scopes.filter((scope) => request.client.scopes.includes(scope));
  return requestedScopes(request.parameters.get('scope'), allowed);
}

function refused(description: string): () => InvalidGrantError {
  return () => new InvalidGrantError({ description });
}
