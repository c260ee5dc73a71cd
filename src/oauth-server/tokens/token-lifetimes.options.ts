/** How long tokens live where the client's metadata says nothing of it. All in seconds. */
export interface TokenLifetimesOptions {
  /** At most 31 days. */
  readonly accessTokenSeconds: number;
  /** Other access token lifetimes by grant type, for example `{ client_credentials: 300 }`. */
  readonly accessTokenSecondsByGrantType: Readonly<Record<string, number>>;
  /** How long a refresh token may lie unused; each use gives a new one. At most 400 days. */
  readonly refreshTokenSeconds: number;
  /** Other refresh token lifetimes by grant type. */
  readonly refreshTokenSecondsByGrantType: Readonly<Record<string, number>>;
  /** Since the sign-in, however often it was refreshed. At most 400 days. */
  readonly tokenFamilySeconds: number;
  /** For how long a spent refresh token gets the very same response once more; 0 turns that off. At most 60. */
  readonly refreshReplayWindowSeconds: number;
}

/** DI token under which any global module may provide other lifetimes. */
export const TOKEN_LIFETIMES_OPTIONS = Symbol('TokenLifetimesOptions');

/** Access tokens an hour, refresh tokens 30 days, a sign-in at a client a year, a retry 10 seconds. */
export const tokenLifetimesDefaults: TokenLifetimesOptions = {
  accessTokenSeconds: 3600,
  accessTokenSecondsByGrantType: {},
  refreshTokenSeconds: 30 * 86_400,
  refreshTokenSecondsByGrantType: {},
  tokenFamilySeconds: 365 * 86_400,
  refreshReplayWindowSeconds: 10,
};
