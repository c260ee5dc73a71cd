import type { StandardClaims } from '../../../users/user/user.js';

/** The tokens that a provider gave, as they came (RFC 6749 section 5.1); kept sealed only. */
export interface RemoteTokens {
  readonly access_token: string;
  readonly token_type?: string | undefined;
  readonly refresh_token?: string | undefined;
  readonly id_token?: string | undefined;
  readonly scope?: string | undefined;
  /** Seconds from when the tokens were given. */
  readonly expires_in?: number | undefined;
}

/** Who a provider says a person is. */
export interface RemoteIdentity {
  /** The issuer identifier, or the remote app's name where it has none; with the subject it names the person for good. */
  readonly issuer: string;
  readonly subject: string;
  /** Standard claims besides sub and e-mail. */
  readonly claims: StandardClaims;
  /** An address that the provider says it has verified; any other is dropped. */
  readonly verifiedEmail: string | undefined;
  /** When the person proved who they are there; undefined where the provider does not say. */
  readonly authTime: Date | undefined;
  readonly tokens: RemoteTokens;
}
