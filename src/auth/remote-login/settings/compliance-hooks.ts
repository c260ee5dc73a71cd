import { reasonOf } from '../../../common/errors/oauth-error.js';
import type { RemoteRequest } from '../remote-request.js';

/** The members of a provider's answer, or the parameters of a callback, by name. */
export type Members = Readonly<Record<string, unknown>>;

/** A request to a token endpoint, with the fields of its form. */
export interface TokenRequestFields {
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  /** The method in the place of `POST`. */
  readonly method?: string;
  /** A body in the place of the form, whose Content-Type stands among the headers. */
  readonly body?: string;
}

/**
 * Mends what a provider does otherwise than its standard: pure functions, given for each remote app, each of which takes
 * a value and gives the one to go on with. For example a provider that wraps its tokens:
 * `{ accessTokenResponse: ({ data }) => data as Members }`.
 */
export interface ComplianceHooks {
  /** The address to which a plain OAuth 2 provider's end users are sent, with everything in it. */
  authorizationUrl?(url: string): string;
  /** What came back to the callback, before anything of it is read. */
  callbackParameters?(parameters: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The request by which a plain OAuth 2 provider is asked for tokens (RFC 6749 section 4.1.3), with its credentials. */
  accessTokenRequest?(request: TokenRequestFields): TokenRequestFields;
  /** The members of the token endpoint's answer to a code (RFC 6749 section 5), whatever the status. */
  accessTokenResponse?(members: Members): Members;
  /** The request for a refresh (RFC 6749 section 6), with its credentials. */
  refreshTokenRequest?(request: TokenRequestFields): TokenRequestFields;
  /** The members of the answer to it. */
  refreshTokenResponse?(members: Members): Members;
  /** The request by which tokens are taken back (RFC 7009 section 2.1), with its credentials. */
  revokeTokenRequest?(request: TokenRequestFields): TokenRequestFields;
  /** A request to the API with its tokens on it. */
  protectedRequest?(request: RemoteRequest): RemoteRequest;
  /** The members of user info, before claims are read from it. */
  userinfoResponse?(members: Members): Members;
}

/**
 * What a hook makes of a value. Where the hook throws or gives no object, as one does that meets an answer it was not
 * written for, `otherwise` says what counts instead, or raises the failure; `problem` is for the log.
 */
export function mended<Value extends object>(
  hook: ((value: Value) => Value) | undefined,
  value: Value,
  otherwise: (problem: string) => Value,
): Value {
  if (hook === undefined) return value;
  let made: unknown;
  try {
    made = hook(value);
  } catch (error) {
    return otherwise(`a hook of the remote app failed: ${reasonOf(error)}`);
  }
  return typeof made === 'object' && made !== null
    ? (made as Value)
    : otherwise('a hook of the remote app gave no object');
}
