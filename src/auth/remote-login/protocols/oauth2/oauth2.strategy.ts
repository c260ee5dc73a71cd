import type { Request } from 'express';
import { Strategy } from 'passport-oauth2';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { StandardClaims } from '../../../../users/user/user.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import type { RemoteProfile } from '../../profile/remote-identity.js';
import { checkAuthorizationResponse } from './check-authorization-response.js';
import type { OAuth2RemoteApp } from './oauth2-app.js';
import { OAuth2FlowStore } from './oauth2-flow-store.js';
import type { OAuth2Provider } from './oauth2-provider.js';

type Done<Value> = (error: unknown, value?: Value) => void;
type TokensDone = (error: unknown, accessToken?: string, refreshToken?: string, tokens?: RemoteTokens) => void;

/**
 * Signs in at a provider of plain OAuth 2 (RFC 6749 section 4.1). passport-oauth2 runs the flow. Its own calls have no
 * limits and always put the secret into the body, so OAuth2Provider makes them instead.
 */
export class OAuth2Strategy extends Strategy {
  #tokens: RemoteTokens | undefined;

  constructor(
    private readonly exchange: LoginExchange<OAuth2RemoteApp>,
    private readonly provider: OAuth2Provider,
  ) {
    const { app } = exchange;
    super(
      {
        authorizationURL: app.authorizeUrl,
        tokenURL: app.accessTokenUrl,
        clientID: app.clientId,
        clientSecret: app.clientSecret ?? '',
        callbackURL: exchange.callbackUrl,
        scope: [...(exchange.scopes ?? app.scopes)],
        scopeSeparator: app.scopeSeparator,
        pkce: app.pkce,
        store: new OAuth2FlowStore(exchange).asStateStore(),
      },
      (_access: string, _refresh: string, tokens: RemoteTokens, claims: StandardClaims, done: Done<RemoteProfile>) => {
        done(null, { issuer: app.issuer ?? app.authorizeUrl, claims, tokens });
      },
    );
    Object.assign(this._oauth2, {
      getOAuthAccessToken: (code: string, parameters: Record<string, string>, done: TokensDone) => {
        provider
          .redeem(code, parameters)
          .then((tokens) => {
            this.#tokens = tokens;
            done(null, tokens.accessToken, tokens.refreshToken, tokens);
          })
          .catch(done);
      },
    });
  }

  /**
   * Gives passport-oauth2 the parameters of the answer in the query, and nothing in the body, from which
   * passport-oauth2 would take a code too.
   */
  override authenticate(request: Request, options?: object): void {
    const { answer, app } = this.exchange;
    try {
      if (answer !== undefined) {
        checkAuthorizationResponse(this.exchange, { issuer: app.issuer, isAnnounced: false }, answer.parameters);
      }
    } catch (error) {
      this.error(error);
      return;
    }
    const checked = { query: { value: answer?.parameters.toJSON() ?? {} }, body: { value: undefined } };
    // passport puts its outcome functions onto the instance.
    const { redirect } = this;
    this.redirect = (url, status) => redirect.call(this, this.#named(url), status);
    super.authenticate(Object.create(request, checked), options);
  }

  /** The authorization request with its parameters under the provider's own names. */
  #named(address: string): string {
    const url = new URL(address);
    for (const [name, own] of Object.entries(this.exchange.app.parameterNames)) {
      const value = url.searchParams.get(name);
      url.searchParams.delete(name);
      if (value !== null) url.searchParams.set(own, value);
    }
    return this.exchange.app.compliance?.authorizationUrl?.(url.href) ?? url.href;
  }

  /** The address of user info may need more of the token response than the access token. */
  override userProfile(accessToken: string, done: Done<StandardClaims>): void {
    this.provider.claims(this.#tokens ?? { accessToken }).then((claims) => done(null, claims), done);
  }

  override authorizationParams(): object {
    const { responseMode, authorizeParams } = this.exchange.app;
    return { ...authorizeParams, ...(responseMode !== 'query' && { response_mode: responseMode }) };
  }

  /** Passes the errors of `redeem` on, which passport-oauth2 would wrap in one of its own. */
  protected _createOAuthError(_message: string, error: Error): Error {
    return error;
  }
}
