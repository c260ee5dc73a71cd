import { secondsAfter } from '../../../../common/time/instant.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import { type Members, mended } from '../../settings/compliance-hooks.js';

/**
 * The longest lifetime that is believed: a hundred years, which is far beyond any token and within what a Date holds.
 */
const MAX_LIFETIME_SECONDS = 3_155_760_000;

/** The error code for an answer that a hook of the remote app could not mend. */
export const UNUSABLE_ANSWER = 'unusable_answer';

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
 * and 400). `receivedAt` is when the body came, `mend` a hook of the remote app's.
 */
export function readTokenResponse(
  body: string,
  receivedAt: Date,
  mend?: (members: Members) => Members,
): { readonly tokens: RemoteTokens; readonly members: Members } | TokenRefusal {
  const members = mended(mend, parse(body), unusable);
  const tokens = errorOf(members.error) === undefined ? tokensOf(members, receivedAt) : undefined;
  return tokens === undefined ? refusalOf(members) : { tokens, members };
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
  const accessToken = credentialOf(members.access_token);
  if (accessToken === undefined) return undefined;
  const lifetimeSeconds = secondsOf(members.expires_in);
  const isKnown = lifetimeSeconds > 0 && lifetimeSeconds <= MAX_LIFETIME_SECONDS;
  return {
    accessToken,
    tokenType: textOf(members.token_type),
    refreshToken: credentialOf(members.refresh_token),
    idToken: credentialOf(members.id_token),
    scope: textOf(scopeOf(members.scope)),
    expiresAt: isKnown ? secondsAfter(receivedAt, lifetimeSeconds) : undefined,
  };
}

/**
 * A token endpoint's answer as RFC 6749 section 5 has it, for a client that is strict: JSON, an error with 400, a token
 * type, and members of the right types. Nothing is lost in safety: which members count is the same.
 */
export async function regularTokenResponse(answer: Response, mend?: (members: Members) => Members): Promise<Response> {
  const text = await answer.text();
  const members = mended(mend, parse(text), unusable);
  const { status, headers } = answer;
  const isError = textOf(members.error) !== undefined;
  if (isError || textOf(members.access_token) === undefined) {
    return isError && answer.ok ? Response.json(members, { status: 400 }) : new Response(text, { status, headers });
  }
  const { error, error_description, error_uri, expires_in, scope, ...more } = members;
  const regular = {
    token_type: 'bearer',
    ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== null && value !== '')),
    ...(secondsOf(expires_in) > 0 && { expires_in: secondsOf(expires_in) }),
    ...(textOf(scopeOf(scope)) && { scope: scopeOf(scope) }),
  };
  return Response.json(regular, { status, headers: { 'cache-control': headers.get('cache-control') ?? 'no-store' } });
}

/** The members that stand for an answer which a hook could not mend. */
function unusable(problem: string): Members {
  return { error: UNUSABLE_ANSWER, error_description: problem };
}

/** A lifetime, which some providers give as text. */
function secondsOf(value: unknown): number {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
}

/** A text that fits into a header and into UTF-8. */
function credentialOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /[\p{Cc}\p{Cs}]/u.test(text) ? undefined : text;
}

/** Some providers give scopes as a list (Twitch). */
function scopeOf(scope: unknown): unknown {
  return Array.isArray(scope) && scope.every((token) => typeof token === 'string') ? scope.join(' ') : scope;
}

function refusalOf({ error, error_description }: Readonly<Record<string, unknown>>): TokenRefusal {
  return { error: errorOf(error), description: textOf(error_description) };
}

/** Providers give codes as numbers too, and objects with the code inside (Facebook). */
function errorOf(error: unknown): string | undefined {
  if (typeof error === 'number') return String(error);
  if (typeof error !== 'object' || error === null) return textOf(error);
  const { code, type, message } = error as Readonly<Record<string, unknown>>;
  return textOf(type) ?? (typeof code === 'number' ? String(code) : (textOf(code) ?? textOf(message)));
}

/** JSON in a call of a function, as old APIs for scripts on other sites have it: `callback( {"error":100020} );` */
const PADDED = /^\s*[\w.]+\s*\(\s*(\{.*\})\s*\)\s*;?\s*$/s;

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(PADDED.exec(body)?.[1] ?? body.replace(/^\uFEFF/, ''));
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return Object.fromEntries(new URLSearchParams(body));
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
