/** A successful answer of the token endpoint (RFC 6749 section 5.1); extension members are allowed. */
export interface TokenResponse {
  readonly access_token: string;
  /** `Bearer` (RFC 6750), or the type of the key that the token is bound to, for example `DPoP` (RFC 9449). */
  readonly token_type: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
  readonly [member: string]: unknown;
}
