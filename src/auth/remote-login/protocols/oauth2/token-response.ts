import { secondsAfter } from '../../../../common/time/instant.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';

/**
 * The longest lifetime that is believed: a hundred years, which is far beyond any token and within what a Date holds.
 */
const MAX_LIFETIME_SECONDS = 3_155_760_000;

/**
 * The error response of a token endpoint (RFC 6749 section 5.2). `error` is left out where the provider sent no usable
 * one.
 */
export interface TokenRefusal {
  readonly error: string | undefined;
  readonly description: string | undefined;
}

/**
 * Reads a token endpoint's body: the tokens, or why there are none. The members of the body count and not the HTTP
 * status: GitHub sends errors with 200, and form-encoded answers where it ignores Accept (RFC 6749 section 5 has JSON
 * and 400). `receivedAt` is when the body came.
 */
export function readTokenResponse(body: string, receivedAt: Date): { readonly tokens: RemoteTokens } | TokenRefusal {
  const members = parse(body);
  const tokens = members.error === undefined ? tokensOf(members, receivedAt) : undefined;
  return tokens === undefined ? refusalOf(members) : { tokens };
}

/** Reads a token endpoint's body as a refusal, whatever members the body has. */
export function readTokenRefusal(body: string): TokenRefusal {
  return refusalOf(parse(body));
}

/**
 * The tokens of a token response's members (RFC 6749 section 5.1); undefined without an access token. A lifetime that is
 * not a positive number of at most a century counts as unknown.
 */
export function tokensOf(members: Readonly<Record<string, unknown>>, receivedAt: Date): RemoteTokens | undefined {
  const accessToken = textOf(members.access_token);
  if (accessToken === undefined) return undefined;
  const lifetimeSeconds = Number(members.expires_in);
  const isKnown = lifetimeSeconds > 0 && lifetimeSeconds <= MAX_LIFETIME_SECONDS;
  return {
    accessToken,
    tokenType: textOf(members.token_type),
    refreshToken: textOf(members.refresh_token),
    idToken: textOf(members.id_token),
    scope: textOf(members.scope),
    expiresAt: isKnown ? secondsAfter(receivedAt, lifetimeSeconds) : undefined,
  };
}

function refusalOf({ error, error_description }: Readonly<Record<string, unknown>>): TokenRefusal {
  return { error: textOf(error), description: textOf(error_description) };
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
