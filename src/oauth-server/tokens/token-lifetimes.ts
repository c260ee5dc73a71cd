import { Inject, Injectable, Optional } from '@nestjs/common';
import { z } from 'zod';
import type { Client } from '../../clients/client.js';
import { ACCESS_TOKENS, REFRESH_TOKENS, TOKEN_FAMILIES } from '../storage/expiring-tables.js';
import {
  TOKEN_LIFETIMES_OPTIONS,
  type TokenLifetimesOptions,
  tokenLifetimesDefaults,
} from './token-lifetimes.options.js';

const DEFAULT_CODE_SECONDS = 60;
const secondsUpTo = (most: number) => z.int().min(1).max(most);
const accessToken = secondsUpTo(ACCESS_TOKENS.maxLifetimeSeconds);
const refreshToken = secondsUpTo(REFRESH_TOKENS.maxLifetimeSeconds);
const bounds = z.object({
  accessTokenSeconds: accessToken,
  accessTokenSecondsByGrantType: z.record(z.string(), accessToken),
  refreshTokenSeconds: refreshToken,
  refreshTokenSecondsByGrantType: z.record(z.string(), refreshToken),
  tokenFamilySeconds: secondsUpTo(TOKEN_FAMILIES.maxLifetimeSeconds),
  refreshReplayWindowSeconds: z.int().min(0).max(60),
});

/** How long each token lives: what the client's metadata says, else the grant type's lifetime, else the general one. */
@Injectable()
export class TokenLifetimes {
  readonly #options: TokenLifetimesOptions;

  /** Throws at boot, naming every lifetime that is out of bounds. */
  constructor(@Optional() @Inject(TOKEN_LIFETIMES_OPTIONS) options: TokenLifetimesOptions = tokenLifetimesDefaults) {
    const { data, error } = bounds.safeParse(options);
    if (data === undefined) throw new RangeError(`TokenLifetimesOptions\n${z.prettifyError(error)}`);
    this.#options = data;
  }

  /** Since it was issued. */
  accessTokenSeconds({ metadata }: Client, grantType: string): number {
    const { accessTokenSeconds, accessTokenSecondsByGrantType } = this.#options;
    const seconds = metadata.access_token_lifetime ?? accessTokenSecondsByGrantType[grantType] ?? accessTokenSeconds;
    return Math.min(seconds, ACCESS_TOKENS.maxLifetimeSeconds);
  }

  /** Since its last use. */
  refreshTokenSeconds({ metadata }: Client, grantType: string): number {
    const { refreshTokenSeconds, refreshTokenSecondsByGrantType } = this.#options;
    const seconds = metadata.refresh_token_lifetime ?? refreshTokenSecondsByGrantType[grantType] ?? refreshTokenSeconds;
    return Math.min(seconds, REFRESH_TOKENS.maxLifetimeSeconds);
  }

  /** Since it was issued. */
  authorizationCodeSeconds({ metadata }: Client): number {
    return metadata.authorization_code_lifetime ?? DEFAULT_CODE_SECONDS;
  }

  /** Since the sign-in. */
  get tokenFamilySeconds(): number {
    return this.#options.tokenFamilySeconds;
  }

  /** Since a refresh token was spent; 0 where nothing is replayed. */
  get refreshReplayWindowSeconds(): number {
    return this.#options.refreshReplayWindowSeconds;
  }
}
