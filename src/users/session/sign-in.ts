/**
 * How and when an end user proved who they are. A sign-in travels whole from the session to the code, the token family
 * and every token that hangs from it, and is stored as one JSON value.
 */
export interface SignIn {
  /** `sid` (OpenID Connect Front-Channel Logout section 3); left out where no browser took part. */
  readonly sessionId?: string | undefined;
  /** `auth_time`: when the end user last proved who they are (OpenID Connect Core section 2). */
  readonly authTime: Date;
  /** `amr`: `['pwd']` of RFC 8176, or `['fed']` for a provider elsewhere, which no registry has. */
  readonly amr: readonly string[];
  /** `acr`: the authentication context class that was reached (OpenID Connect Core section 2). */
  readonly acr?: string | undefined;
}

/** A sign-in as JSON keeps it: the instant is ISO 8601 text. */
export type SignInJson = Omit<SignIn, 'authTime'> & { readonly authTime: string };
