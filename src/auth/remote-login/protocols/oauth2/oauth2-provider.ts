import { OutgoingFetchError } from '../../../../common/outgoing/outgoing-fetch.error.js';
import type { OutgoingFetch, OutgoingRequest } from '../../../../common/outgoing/outgoing-fetch.js';
import type { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { StandardClaims } from '../../../../users/user/user.js';
import { ProfileUnusableError } from '../../errors/profile-unusable.error.js';
import { providerFault } from '../../errors/provider-fault.js';
import { TokenRefusedError } from '../../errors/token-refused.error.js';
import type { LoginAttempt } from '../../flow/login-flow.js';
import { mapClaims } from '../../profile/map-claims.js';
import type { OAuth2RemoteApp } from '../../remote-app.js';
import { clientCredentials } from './client-credentials.js';
import { readTokenResponse } from './token-response.js';

/** The calls to a plain OAuth 2 provider that stand behind one sign-in: token endpoint, user info, further API. */
export class OAuth2Provider {
  constructor(
    private readonly app: OAuth2RemoteApp,
    private readonly attempt: LoginAttempt,
    private readonly outgoing: OutgoingFetch,
    private readonly clock: Clock,
  ) {}

  /** Redeems a code (RFC 6749 section 4.1.3). Raises TokenRefusedError with the provider's own code. */
  async redeem(code: string, parameters: Readonly<Record<string, string>>): Promise<RemoteTokens> {
    const { headers, fields } = clientCredentials(this.app);
    const answer = await this.#call(this.app.accessTokenUrl, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...parameters, ...fields, code }).toString(),
    });
    const response = readTokenResponse(await answer.text(), this.clock.now());
    if ('tokens' in response) return response.tokens;
    const { error = `HTTP ${answer.status} without a token`, description } = response;
    throw new TokenRefusedError(this.attempt, error, description);
  }

  /** What the provider says of the person, as standard claims. Raises ProfileUnusableError. */
  async claims(accessToken: string): Promise<StandardClaims> {
    const { userinfoUrl, apiBaseUrl, profile } = this.app;
    const userinfo = await this.#get(userinfoUrl, accessToken);
    if (userinfo === undefined) throw new ProfileUnusableError(this.attempt, 'user info was refused');
    const claims = mapClaims(userinfo, profile.claims);
    if (profile.extraCall === undefined) return claims;
    const extra = await this.#get(new URL(profile.extraCall.url, apiBaseUrl).href, accessToken);
    return extra === undefined ? claims : { ...claims, ...profile.extraCall.read(extra) };
  }

  /** Undefined when the provider refuses this call, for example because the person unticked the scope it needs. */
  async #get(url: string, accessToken: string): Promise<object | undefined> {
    const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
    const answer = await this.#call(url, { headers });
    if (answer.status >= 400 && answer.status < 500) return undefined;
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok && typeof body === 'object' && body !== null) return body;
    throw new ProfileUnusableError(this.attempt, `HTTP ${answer.status} without a JSON object`);
  }

  async #call(url: string, request: OutgoingRequest): Promise<Response> {
    try {
      return await this.outgoing.fetch(url, request, this.app.isPrivate);
    } catch (error) {
      throw error instanceof OutgoingFetchError ? providerFault(this.attempt, error) : error;
    }
  }
}
