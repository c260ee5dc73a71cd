import type { Check } from './check-list.js';
import type { Exchange, HeldTokens, Run, WireResponse } from './run.js';

/** The form of a code exchange (RFC 6749 section 4.1.3); the client is public, so the verifier alone proves it. */
export function codeExchangeForm({ code, flow }: Run, codeVerifier: string): Record<string, string> {
  return {
    grant_type: 'authorization_code',
    code: code ?? '',
    redirect_uri: flow.parameters.redirect_uri ?? '',
    client_id: flow.parameters.client_id ?? '',
    code_verifier: codeVerifier,
  };
}

/** The form of a refresh (RFC 6749 section 6). */
export function refreshForm({ flow }: Run, refreshToken: string): Record<string, string> {
  return { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: flow.parameters.client_id ?? '' };
}

/**
 * The tokens after a token response; undefined for a refusal. Tokens that the response leaves out stay as they were.
 */
export function heldTokens({ response }: Exchange, before?: HeldTokens): HeldTokens | undefined {
  const body = jsonOf(response) as Record<string, string | undefined> | undefined;
  if (response.status !== 200 || body?.access_token === undefined) return undefined;
  return {
    accessToken: body.access_token,
    refreshToken: body.refresh_token ?? before?.refreshToken,
    idToken: body.id_token,
  };
}

/** The body as JSON; undefined when it is none. */
export function jsonOf({ body }: WireResponse): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The check that an answer has the status that it should have. */
export function statusCheck(name: string, exchange: Exchange, expected: number): Check {
  return { name, passed: exchange.response.status === expected, detail: outcomeOf(exchange) };
}

/** Status and wire code of an answer, for example `400 invalid_grant`. */
export function outcomeOf({ response }: Exchange): string {
  const { status, statusText, headers, body } = response;
  const inHeader = /error="([^"]+)"/.exec(headers['www-authenticate'] ?? '')?.[1];
  const code = inHeader ?? /"error":\s*"([^"]+)"/.exec(body)?.[1];
  return code === undefined ? `${status} ${statusText}` : `${status} ${code}`;
}
