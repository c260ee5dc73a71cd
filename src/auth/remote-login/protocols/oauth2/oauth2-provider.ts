import type { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import type { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { StandardClaims } from '../../../../users/user/user.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import { LoginFailure, quoted } from '../../login-failure.js';
import { mapClaims } from '../../profile/map-claims.js';
import type { Members } from '../../settings/compliance-hooks.js';
import { clientCredentials } from './client-credentials.js';
import type { OAuth2RemoteApp } from './oauth2-app.js';
import { readTokenResponse } from './token-response.js';

/**
 * The calls to a plain OAuth 2 provider that stand behind one sign-in: token endpoint, user info, further API. A call
 * that brings no answer raises OutgoingFetchError.
 */
export class OAuth2Provider {
  constructor(
    private readonly exchange: LoginExchange<OAuth2RemoteApp>,
    private readonly outgoing: OutgoingFetch,
    private readonly clock: Clock,
  ) {}

  /** Redeems a code (RFC 6749 section 4.1.3). Raises LoginFailure (token_refused) with the provider's own code. */
  async redeem(code: string, parameters: Readonly<Record<string, string>>): Promise<RemoteTokens> {
    const { app } = this.exchange;
    const { headers, fields } = clientCredentials(app);
    const call = {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...app.accessTokenParams, ...parameters, ...fields, code }).toString(),
    };
    const answer = await this.outgoing.fetch(app.accessTokenUrl, call, app.isPrivate);
    const response = readTokenResponse(await answer.text(), this.clock.now(), app.compliance?.accessTokenResponse);
    if ('tokens' in response) return response.tokens;
    const { error = `HTTP ${answer.status} without a token`, description } = response;
    const detail = `token endpoint: ${quoted(error)} ${quoted(description)}`;
    throw new LoginFailure('token_refused', this.exchange, detail, { providerCode: error });
  }

  /** The provider's user info about the end user, as standard claims. Raises LoginFailure (profile_unusable). */
  async claims(accessToken: string): Promise<StandardClaims> {
    const { userinfoUrl, apiBaseUrl, profile, compliance } = this.exchange.app;
    const userinfo = await this.#get(userinfoUrl, accessToken);
    if (userinfo === undefined) throw this.#unusable('it was refused');
    const mended = compliance?.userinfoResponse?.(userinfo as Members) ?? userinfo;
    const claims = mapClaims(mended, profile.claims);
    if (profile.extraCall === undefined) return claims;
    const extra = await this.#get(new URL(profile.extraCall.url, apiBaseUrl).href, accessToken);
    return extra === undefined ? claims : { ...claims, ...profile.extraCall.read(extra) };
  }

  /**
   * The JSON answer of an API call; undefined when the provider refuses the call, for example because the end user
   * unticked the scope that the call needs.
   */
  async #get(url: string, accessToken: string): Promise<object | undefined> {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    const answer = await this.outgoing.fetch(url, { headers }, this.exchange.app.isPrivate);
    if (answer.status >= 400 && answer.status < 500) return undefined;
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok && typeof body === 'object' && body !== null) return body;
    throw this.#unusable(`HTTP ${answer.status} without a JSON object`);
  }

  #unusable(problem: string): LoginFailure {
    return new LoginFailure('profile_unusable', this.exchange, `user info: ${problem}`);
  }
}
