import type { JsonRow } from '../../common/database/json-row.js';
import type { TokenResponse } from '../token-endpoint/grant.js';

/** Tokens that are made and not yet stored: nobody may have them before their rows are committed. */
export interface MintedTokens {
  readonly response: TokenResponse;
  /** One for a format that is stored, none for a JWT. */
  readonly accessTokens: readonly JsonRow[];
  /** One when the response carries a refresh token. */
  readonly refreshTokens: readonly JsonRow[];
}
