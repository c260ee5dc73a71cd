import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import { Strategy } from 'passport';
import type { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import { checkAuthorizationResponse } from '../../flow/check-authorization-response.js';
import type { LoginExchange, ProviderAnswer } from '../../flow/login-exchange.js';
import { readIdentity } from '../../profile/read-identity.js';
import type { OidcRemoteApp } from '../../remote-app.js';
import { tokensOf } from '../oauth2/token-response.js';
import type { OidcConfigurations } from './oidc-configurations.js';
import { discoveryFault, tokenFault, userInfoFault } from './oidc-fault.js';

/** Signs in at an OpenID Connect provider (OpenID Connect Core section 3.1); openid-client is the relying party. */
export class OidcLoginStrategy extends Strategy {
  constructor(
    private readonly app: OidcRemoteApp,
    private readonly exchange: LoginExchange,
    private readonly configurations: OidcConfigurations,
    private readonly clock: Clock,
  ) {
    super();
  }

  override authenticate(): void {
    const { answer } = this.exchange;
    const done = answer === undefined ? this.#start() : this.#finish(answer);
    done.catch((error: unknown) => this.error(error));
  }

  async #start(): Promise<void> {
    const configuration = await this.#configuration();
    const nonce = randomNonce();
    const verifier = this.app.pkce ? randomPKCECodeVerifier() : undefined;
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.exchange.callbackUrl,
      scope: this.app.scopes.join(' '),
      state: this.exchange.begin({ verifier, nonce }),
      nonce,
      ...(verifier && { code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }),
      ...(this.exchange.attempt.mustProveAgain && { prompt: 'login' }),
      ...(this.app.responseMode !== 'query' && { response_mode: this.app.responseMode }),
    });
    this.redirect(url.href);
  }

  async #finish({ flow, parameters }: ProviderAnswer): Promise<void> {
    const { attempt } = this.exchange;
    const configuration = await this.#configuration();
    const { issuer, authorization_response_iss_parameter_supported: isAnnounced = false } =
      configuration.serverMetadata();
    checkAuthorizationResponse(attempt, { issuer, isAnnounced }, parameters);
    const currentUrl = new URL(this.exchange.callbackUrl);
    currentUrl.search = new URLSearchParams([...parameters.entries()]).toString();
    const response = await authorizationCodeGrant(configuration, currentUrl, {
      expectedState: flow.state,
      ...(flow.nonce && { expectedNonce: flow.nonce }),
      ...(flow.verifier && { pkceCodeVerifier: flow.verifier }),
      idTokenExpected: true,
    }).catch(async (error: unknown) => {
      throw await tokenFault(attempt, error);
    });
    const claims = response.claims() as IDToken;
    const tokens = tokensOf({ ...response }, this.clock.now()) as RemoteTokens;
    const more = await this.#userInfo(configuration, tokens.accessToken, claims.sub);
    this.success(readIdentity(attempt, issuer, { ...claims, ...more, auth_time: claims.auth_time }, tokens));
  }

  #configuration(): Promise<Configuration> {
    return this.configurations.of(this.app).catch((error: unknown) => {
      throw discoveryFault(this.exchange.attempt, error);
    });
  }

  /** Providers keep profile and e-mail out of the id_token when there is an access token (section 5.4). */
  async #userInfo(configuration: Configuration, accessToken: string, subject: string): Promise<object> {
    if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
    return fetchUserInfo(configuration, accessToken, subject).catch((error: unknown) => {
      throw userInfoFault(this.exchange.attempt, error);
    });
  }
}
