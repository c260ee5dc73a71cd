import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { ACCESS_TOKENS, REFRESH_TOKENS } from '../storage/expiring-tables.js';
import { TokenOptions } from './token.options.js';

/** How long each token lives: what the client's metadata says, else the grant type's lifetime, else the general one. */
@Injectable()
export class TokenLifetimes {
  constructor(private readonly options: TokenOptions) {}

  /** Since it was issued. */
  accessTokenSeconds({ metadata }: Client, grantType: string): number {
    const { accessTokenSeconds, accessTokenSecondsByGrantType } = this.options;
    const seconds = metadata.access_token_lifetime ?? accessTokenSecondsByGrantType[grantType] ?? accessTokenSeconds;
    return Math.min(seconds, ACCESS_TOKENS.maxLifetimeSeconds);
  }

  /** Since its last use. */
  refreshTokenSeconds({ metadata }: Client, grantType: string): number {
    const { refreshTokenSeconds, refreshTokenSecondsByGrantType } = this.options;
    const seconds = metadata.refresh_token_lifetime ?? refreshTokenSecondsByGrantType[grantType] ?? refreshTokenSeconds;
    return Math.min(seconds, REFRESH_TOKENS.maxLifetimeSeconds);
  }

  /** Since it was issued. */
  authorizationCodeSeconds({ metadata }: Client): number {
    return metadata.authorization_code_lifetime ?? this.options.authorizationCodeSeconds;
  }

  /** Since it was issued. */
  idTokenSeconds({ metadata }: Client): number {
    return metadata.id_token_lifetime ?? this.options.idTokenSeconds;
  }

  /** Since the sign-in. */
  get tokenFamilySeconds(): number {
    return this.options.tokenFamilySeconds;
  }

  /** Since a refresh token was spent; 0 where nothing is replayed. */
  get refreshReplayWindowSeconds(): number {
    return this.options.refreshReplayWindowSeconds;
  }
}
