import type { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import type { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import { quoted } from '../../login-failure.js';
import { RemoteTokenRefusal } from '../remote-token-refusal.js';
import { clientCredentials } from './client-credentials.js';
import type { OAuthClientApp } from './oauth2-app.js';
import { readTokenResponse } from './token-response.js';

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
]);

/**
 * Asks a token endpoint for new tokens (RFC 6749 section 6). No scope is sent, so that they stay as they were. Raises
 * RemoteTokenRefusal, and OutgoingFetchError where no answer came.
 */
export async function refreshTokens(
  app: OAuthClientApp,
  tokenUrl: string,
  tokens: RemoteTokens,
  { outgoing, clock }: { readonly outgoing: OutgoingFetch; readonly clock: Clock },
): Promise<RemoteTokens> {
  const { headers, fields } = clientCredentials(app);
  const asked = {
    headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    form: { grant_type: 'refresh_token', refresh_token: tokens.refreshToken ?? '', ...fields },
  };
  const request = app.compliance?.refreshTokenRequest?.(asked) ?? asked;
  const answer = await outgoing.fetch(
    tokenUrl,
    {
      method: 'POST',
      headers: request.headers,
      body: new URLSearchParams(request.form).toString(),
    },
    app.isPrivate,
  );
  const response = readTokenResponse(await answer.text(), clock.now(), app.compliance?.refreshTokenResponse);
  if (answer.ok && 'tokens' in response) {
    const {
      accessToken,
      tokenType,
      refreshToken = tokens.refreshToken,
      scope = tokens.scope,
      expiresAt,
    } = response.tokens;
    return { ...tokens, accessToken, tokenType, refreshToken, scope, expiresAt };
  }
  const { error, description } = 'tokens' in response ? { error: undefined, description: undefined } : response;
  const isRefused = error !== undefined && answer.status < 500 && answer.status !== 429;
  throw new RemoteTokenRefusal(
    `${app.name} refuses to refresh: HTTP ${answer.status} ${quoted(error)} ${quoted(description)}`,
    error,
    answer.status,
    isRefused && !PASSING.has(error),
    Number(answer.headers.get('retry-after')) || undefined,
  );
}
