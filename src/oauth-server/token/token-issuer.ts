import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { AccessTokenRepository } from './access-token.repository.js';
import type { TokenResponse } from './grant.js';
import { TokenMint } from './token-mint.js';

/** What to issue, and to whom. */
export interface TokenOrder {
  readonly client: Client;
  /** Decides the lifetimes. */
  readonly grantType: string;
  readonly scopes: readonly string[];
}

/** Makes and stores tokens; what a grant of yours issues by. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly mint: TokenMint,
    private readonly accessTokens: AccessTokenRepository,
  ) {}

  /** The response of the token endpoint, once its rows are committed; a client's own JWT needs none. */
  async issue(order: TokenOrder): Promise<TokenResponse> {
    const minted = await this.mint.mint(order);
    await Promise.all(minted.accessTokens.map((row) => this.accessTokens.insert(row)));
    return minted.response;
  }
}
