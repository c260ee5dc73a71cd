import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/client.js';
import { ACCESS_TOKENS, REFRESH_TOKENS } from '../storage/expiring-tables.js';
import { TokenOptions } from './token.options.js';

/**
 * Tells how many seconds each token lives: by the client's metadata, else by its grant type, else by the general
 * option.
 */
@Injectable()
export class TokenLifetimes {
  constructor(private readonly options: TokenOptions) {}

  /** The lifetime of an access token, counted from its issue. */
  accessTokenSeconds({ metadata }: Client, grantType: string): number {
    const { accessTokenSeconds, accessTokenSecondsByGrantType } = this.options;
    const seconds = metadata.access_token_lifetime ?? accessTokenSecondsByGrantType[grantType] ?? accessTokenSeconds;
    return Math.min(seconds, ACCESS_TOKENS.maxLifetimeSeconds);
  }

  /** The lifetime of a refresh token, counted from its issue; each use gives a new one. */
  refreshTokenSeconds({ metadata }: Client, grantType: string): number {
    const { refreshTokenSeconds, refreshTokenSecondsByGrantType } = this.options;
    const seconds = metadata.refresh_token_lifetime ?? refreshTokenSecondsByGrantType[grantType] ?? refreshTokenSeconds;
    return Math.min(seconds, REFRESH_TOKENS.maxLifetimeSeconds);
  }

  /** The lifetime of an authorization code, counted from its issue. */
  authorizationCodeSeconds({ metadata }: Client): number {
    return metadata.authorization_code_lifetime ?? this.options.authorizationCodeSeconds;
  }

  /** The lifetime of an id_token, counted from its issue. */
  idTokenSeconds({ metadata }: Client): number {
    return metadata.id_token_lifetime ?? this.options.idTokenSeconds;
  }

  /** The lifetime of a token family, counted from the sign-in. */
  get tokenFamilySeconds(): number {
    return this.options.tokenFamilySeconds;
  }

  /**
   * For how long a spent refresh token gets its response again, counted from when it was spent; 0 where nothing is
   * replayed.
   */
  get refreshReplayWindowSeconds(): number {
    return this.options.refreshReplayWindowSeconds;
  }
}
