/** The tokens that a remote app has given for an end user (RFC 6749 section 5.1). */
export interface RemoteTokens {
  readonly accessToken: string;
  /** The shared secret of the access token, by which OAuth 1.0a signs; undefined for any other protocol. */
  readonly tokenSecret?: string | undefined;
  readonly tokenType?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** The id_token as it came (OpenID Connect Core section 3.1.3.3); undefined for a provider of plain OAuth 2. */
  readonly idToken?: string | undefined;
  /** The scopes that were granted, in the provider's spelling. */
  readonly scope?: string | undefined;
  /** Members of the token response that the address of user info names, such as `uid`. */
  readonly members?: Readonly<Record<string, string>> | undefined;
  /** When the access token expires; undefined where the provider does not say. */
  readonly expiresAt?: Date | undefined;
}

/** Reads tokens back that were written by JSON.stringify, where the instant has become text. */
export function parseRemoteTokens(json: string): RemoteTokens {
  const { expiresAt, ...tokens } = JSON.parse(json) as RemoteTokens;
  return { ...tokens, expiresAt: expiresAt && new Date(expiresAt) };
}
