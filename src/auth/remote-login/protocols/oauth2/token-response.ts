import type { RemoteTokens } from '../../profile/remote-identity.js';

/** Tokens, or why there are none; a provider that says nothing of use leaves `error` out. */
export type TokenResponse =
  | { readonly tokens: RemoteTokens }
  | { readonly error: string | undefined; readonly description: string | undefined };

/**
 * Reads a token endpoint's body. Its members count, not the HTTP status: GitHub sends errors with 200, and answers
 * form-encoded where it does not heed Accept (RFC 6749 section 5 has JSON and 400).
 */
export function readTokenResponse(body: string): TokenResponse {
  const { access_token, expires_in, error, error_description, ...rest } = parse(body);
  if (error !== undefined || textOf(access_token) === undefined) {
    return { error: textOf(error), description: textOf(error_description) };
  }
  const lifetimeSeconds = Number(expires_in);
  return {
    tokens: {
      access_token: access_token as string,
      token_type: textOf(rest.token_type),
      refresh_token: textOf(rest.refresh_token),
      id_token: textOf(rest.id_token),
      scope: textOf(rest.scope),
      expires_in: lifetimeSeconds > 0 ? lifetimeSeconds : undefined,
    },
  };
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
