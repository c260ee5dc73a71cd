import { z } from 'zod';
import { type OptionGroup, secondsBetween } from '../../common/config/option-group.js';
import { MAX_RANDOM_BYTES, RANDOM_BYTES } from '../../common/crypto/random-token.js';
import { ACCESS_TOKENS, REFRESH_TOKENS, TOKEN_FAMILIES } from '../storage/expiring-tables.js';

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;

/**
 * The group `tokens`: lifetimes in seconds, for clients whose metadata has none of their own, and the length of refresh
 * tokens.
 */
export abstract class TokenOptions {
  /** The lifetime of an access token, at most 31 days. @default one hour */
  abstract readonly accessTokenSeconds: number;
  /** Other access token lifetimes by grant type, for example `{ client_credentials: 300 }`. @default none */
  abstract readonly accessTokenSecondsByGrantType: Readonly<Record<string, number>>;
  /** The lifetime of an authorization code, at most ten minutes (RFC 6749 section 4.1.2). @default one minute */
  abstract readonly authorizationCodeSeconds: number;
  /** The lifetime of an id_token, at most 31 days. @default one hour */
  abstract readonly idTokenSeconds: number;
  /** How long a refresh token may lie unused; each use gives a new one. At most 400 days. @default 30 days */
  abstract readonly refreshTokenSeconds: number;
  /** Other refresh token lifetimes by grant type. @default none */
  abstract readonly refreshTokenSecondsByGrantType: Readonly<Record<string, number>>;
  /**
   * The lifetime of a token family, counted from the sign-in, however often it was refreshed. At most 400 days.
   * @default 365 days
   */
  abstract readonly tokenFamilySeconds: number;
  /**
   * For how long a spent refresh token gets the very same response once more, as long as nobody has used its successor;
   * 0 turns that off. At most ten minutes. @default one minute
   */
  abstract readonly refreshReplayWindowSeconds: number;
  /** How many bytes of a refresh token are random, from 32 (256 bits) to 128. @default 32 */
  abstract readonly refreshTokenRandomBytes: number;
}

const accessToken = secondsBetween(1, ACCESS_TOKENS.maxLifetimeSeconds);
const refreshToken = secondsBetween(1, REFRESH_TOKENS.maxLifetimeSeconds);

const RANDOM_FAULT = `must be whole bytes from ${RANDOM_BYTES} (256 bits) to ${MAX_RANDOM_BYTES}`;
const randomPart = z.int({ error: RANDOM_FAULT }).min(RANDOM_BYTES, RANDOM_FAULT).max(MAX_RANDOM_BYTES, RANDOM_FAULT);

/** The group `tokens`; no lifetime is longer than rows of its kind can live. */
export const tokenGroup: OptionGroup<TokenOptions> = {
  token: TokenOptions,
  rule: z.strictObject({
    accessTokenSeconds: accessToken.default(HOUR_SECONDS),
    accessTokenSecondsByGrantType: z.record(z.string(), accessToken).default({}),
    authorizationCodeSeconds: secondsBetween(1, 600).default(60),
    idTokenSeconds: secondsBetween(1, 31 * DAY_SECONDS).default(HOUR_SECONDS),
    refreshTokenSeconds: refreshToken.default(30 * DAY_SECONDS),
    refreshTokenSecondsByGrantType: z.record(z.string(), refreshToken).default({}),
    tokenFamilySeconds: secondsBetween(1, TOKEN_FAMILIES.maxLifetimeSeconds).default(365 * DAY_SECONDS),
    refreshReplayWindowSeconds: secondsBetween(0, 600).default(60),
    refreshTokenRandomBytes: randomPart.default(RANDOM_BYTES),
  }),
};
