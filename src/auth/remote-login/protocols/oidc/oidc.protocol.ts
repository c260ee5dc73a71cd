import { Injectable } from '@nestjs/common';
import type { ServerMetadata } from 'openid-client';
import type { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import { LoginFailure } from '../../login-failure.js';
import type { RemoteProfile } from '../../profile/remote-identity.js';
import { type RemoteRequest, withAccessToken } from '../../remote-request.js';
import { LoginProtocol, type LoginProtocolHandler } from '../login-protocol.js';
import { refreshTokens, revokeTokens, type TokenRequestParts, tokensOfClient } from '../oauth2/token-requests.js';
import { OidcStrategy } from './oidc.strategy.js';
import { completeOidcApp, type OidcRemoteApp } from './oidc-app.js';
import { OidcConfigurations } from './oidc-configurations.js';
import { discoveryFault } from './oidc-fault.js';
import { userInfoOf } from './user-info.js';

/** OpenID Connect by discovery (OpenID Connect Core section 3.1). */
@Injectable()
@LoginProtocol('oidc')
export class OidcProtocol implements LoginProtocolHandler<OidcRemoteApp> {
  readonly complete = completeOidcApp;

  constructor(
    private readonly configurations: OidcConfigurations,
    private readonly outgoing: OutgoingFetch,
    private readonly clock: Clock,
  ) {}

  flowHandle(answer: FormParameters): string | undefined {
    return answer.get('state');
  }

  strategy(exchange: LoginExchange<OidcRemoteApp>): Strategy {
    return new OidcStrategy(exchange, this.configurations, this.clock);
  }

  authorize(app: OidcRemoteApp, tokens: RemoteTokens, request: RemoteRequest): RemoteRequest {
    return withAccessToken(request, tokens, app.tokenPlacement);
  }

  /** The id_token stays the one of the sign-in: whoever it names is not asked anew (OpenID Connect Core section 12.2). */
  async refresh(app: OidcRemoteApp, tokens: RemoteTokens): Promise<RemoteTokens> {
    return refreshTokens(app, (await this.#metadata(app)).token_endpoint ?? '', tokens, this.#parts);
  }

  async tokensOfApp(app: OidcRemoteApp): Promise<RemoteTokens> {
    return tokensOfClient(app, (await this.#metadata(app)).token_endpoint ?? '', this.#parts);
  }

  async revoke(app: OidcRemoteApp, tokens: RemoteTokens): Promise<boolean> {
    const { revocation_endpoint: usual, token_endpoint: tokenUrl } = await this.#metadata(app);
    const { revokeUrl = usual } = app;
    if (revokeUrl === undefined) return false;
    await revokeTokens(app, { revokeUrl, tokenUrl }, tokens, this.#parts);
    return true;
  }

  /** User info beside the id_token of the sign-in, whose `iss` and `sub` say whom it must be about. */
  async profile(app: OidcRemoteApp, tokens: RemoteTokens, attempt: LoginAttempt): Promise<RemoteProfile> {
    const { configuration } = await this.configurations.discover(app).catch((error: unknown) => {
      throw discoveryFault(attempt, error);
    });
    const { decodeJwt } = await import('jose');
    const claims = tokens.idToken === undefined ? {} : decodeJwt(tokens.idToken);
    const { iss = app.issuer, sub = '' } = claims;
    const more = await userInfoOf(attempt, configuration, tokens.accessToken, sub);
    if (more === undefined) throw new LoginFailure('profile_unusable', attempt, 'user info: it was refused');
    return { issuer: iss, claims: { ...claims, ...more }, tokens };
  }

  async #metadata(app: OidcRemoteApp): Promise<ServerMetadata> {
    return (await this.configurations.discover(app)).configuration.serverMetadata();
  }

  get #parts(): TokenRequestParts {
    return { outgoing: this.outgoing, clock: this.clock };
  }
}
