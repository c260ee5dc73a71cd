import type { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import type { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import { quoted } from '../../login-failure.js';
import type { TokenRequestFields } from '../../settings/compliance-hooks.js';
import { RemoteTokenRefusal } from '../remote-token-refusal.js';
import { clientCredentials } from './client-authentication/client-credentials.js';
import type { OAuthClientApp } from './oauth2-app.js';
import { readTokenRefusal, readTokenResponse, type TokenRefusal, UNUSABLE_ANSWER } from './token-response.js';

/** What requests to a provider's token endpoint are made with. */
export interface TokenRequestParts {
  readonly outgoing: OutgoingFetch;
  readonly clock: Clock;
}

/**
 * Codes that say nothing of the refresh token: this client is set up wrongly, or the provider is in trouble. With any
 * other code, of which providers have many besides `invalid_grant`, the refresh token is of no use any more.
 */
const PASSING: ReadonlySet<string> = new Set([
  'invalid_client',
  'invalid_request',
  'rate_limit_exceeded',
  'server_error',
  'slow_down',
  'temporarily_unavailable',
  'too_many_requests',
  'unauthorized_client',
  'unsupported_grant_type',
  UNUSABLE_ANSWER,
]);

/**
 * Posts a form with the credentials of this client to an endpoint of a provider's authorization server (RFC 6749 section
 * 3.2), under the provider's own names of the parameters. `tokenUrl` is the token endpoint, whom an assertion may be
 * for. Raises OutgoingFetchError where no answer came.
 */
export async function postAsClient(
  app: OAuthClientApp,
  url: string,
  form: Readonly<Record<string, string>>,
  { outgoing, clock }: TokenRequestParts,
  mend: (request: TokenRequestFields) => TokenRequestFields = (request) => request,
  tokenUrl = url,
): Promise<Response> {
  const { headers, fields } = await clientCredentials(app, { tokenUrl, issuer: app.issuer, now: clock.now() });
  const request = mend({
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    form: { ...form, ...fields },
  });
  const named = Object.entries(request.form).map(([name, value]) => [app.parameterNames[name] ?? name, value]);
  const text = new URLSearchParams(named).toString();
  if (app.tokenRequestMethod === 'GET') {
    const address = new URL(url);
    address.search = [address.search.slice(1), text].filter(Boolean).join('&');
    return outgoing.fetch(address.href, { headers: { accept: 'application/json' } }, app.isPrivate);
  }
  const { method = 'POST', body = text } = request;
  return outgoing.fetch(url, { method, headers: request.headers, body }, app.isPrivate);
}

/**
 * Asks a token endpoint for new tokens (RFC 6749 section 6). No scope is sent, so that they stay as they were. A member
 * that the answer leaves out is the old one's. Raises RemoteTokenRefusal, and OutgoingFetchError where no answer came.
 */
export async function refreshTokens(
  app: OAuthClientApp,
  tokenUrl: string,
  tokens: RemoteTokens,
  parts: TokenRequestParts,
): Promise<RemoteTokens> {
  const { refreshTokenUrl = tokenUrl, refreshTokenParams, compliance } = app;
  const form = { ...refreshTokenParams, grant_type: 'refresh_token', refresh_token: tokens.refreshToken ?? '' };
  const answer = await postAsClient(app, refreshTokenUrl, form, parts, compliance?.refreshTokenRequest);
  const response = readTokenResponse(await answer.text(), parts.clock.now(), compliance?.refreshTokenResponse);
  if (!answer.ok || !('tokens' in response)) throw refusal(app, 'to refresh', answer, response);
  const {
    accessToken,
    tokenType,
    refreshToken = tokens.refreshToken,
    scope = tokens.scope,
    expiresAt,
  } = response.tokens;
  return { ...tokens, accessToken, tokenType, refreshToken, scope, expiresAt };
}

/**
 * Asks a token endpoint for tokens of the client itself (RFC 6749 section 4.4). Raises RemoteTokenRefusal, and
 * OutgoingFetchError where no answer came.
 */
export async function tokensOfClient(
  app: OAuthClientApp,
  tokenUrl: string,
  parts: TokenRequestParts,
): Promise<RemoteTokens> {
  const answer = await postAsClient(app, tokenUrl, { grant_type: 'client_credentials' }, parts);
  const response = readTokenResponse(await answer.text(), parts.clock.now(), app.compliance?.accessTokenResponse);
  if (!answer.ok || !('tokens' in response)) throw refusal(app, 'tokens to the client itself', answer, response);
  return response.tokens;
}

/**
 * Takes tokens back (RFC 7009 section 2.1): the refresh token, which ends the access tokens under it as well, or the
 * access token where there is no other. `{client_id}` in the address stands for the id of this client. Raises RemoteTokenRefusal, and OutgoingFetchError where no answer came.
 */
export async function revokeTokens(
  app: OAuthClientApp,
  { revokeUrl, tokenUrl }: { readonly revokeUrl: string; readonly tokenUrl: string | undefined },
  { refreshToken, accessToken }: RemoteTokens,
  parts: TokenRequestParts,
): Promise<void> {
  const token_type_hint = refreshToken === undefined ? 'access_token' : 'refresh_token';
  const form = { token: refreshToken ?? accessToken, token_type_hint };
  const url = revokeUrl.replaceAll('{client_id}', encodeURIComponent(app.clientId));
  const answer = await postAsClient(app, url, form, parts, app.compliance?.revokeTokenRequest, tokenUrl);
  if (!answer.ok) throw refusal(app, 'to take tokens back', answer, readTokenRefusal(await answer.text()));
}

function refusal(
  { name }: OAuthClientApp,
  what: string,
  { status, headers }: Response,
  response: { readonly tokens: RemoteTokens } | TokenRefusal,
): RemoteTokenRefusal {
  const { error, description } = 'tokens' in response ? { error: undefined, description: undefined } : response;
  const isRefused = error !== undefined && status < 500 && status !== 429;
  return new RemoteTokenRefusal(
    `${name} refuses ${what}: HTTP ${status} ${quoted(error)} ${quoted(description)}`,
    error,
    status,
    isRefused && !PASSING.has(error),
    Number(headers.get('retry-after')) || undefined,
  );
}
