import { Injectable } from '@nestjs/common';
import type { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import type { RemoteProfile } from '../../profile/remote-identity.js';
import { type RemoteRequest, withAccessToken } from '../../remote-request.js';
import { LoginProtocol, type LoginProtocolHandler } from '../login-protocol.js';
import { completeOAuth2App, type OAuth2RemoteApp } from './oauth2-app.js';
import { OAuth2Provider } from './oauth2-provider.js';
import { refreshTokens, revokeTokens, type TokenRequestParts, tokensOfClient } from './token-requests.js';

/** Plain OAuth 2 (RFC 6749 section 4.1) with a user info endpoint of the provider's own making. */
@Injectable()
@LoginProtocol('oauth2')
export class OAuth2Protocol implements LoginProtocolHandler<OAuth2RemoteApp> {
  readonly complete = completeOAuth2App;

  constructor(
    private readonly outgoing: OutgoingFetch,
    private readonly clock: Clock,
  ) {}

  flowHandle(answer: FormParameters): string | undefined {
    return answer.get('state');
  }

  /** passport-oauth2 is loaded with the first sign-in. */
  async strategy(exchange: LoginExchange<OAuth2RemoteApp>): Promise<Strategy> {
    const { OAuth2Strategy } = await import('./oauth2.strategy.js');
    return new OAuth2Strategy(exchange, new OAuth2Provider(exchange.app, exchange, this.#parts));
  }

  authorize(app: OAuth2RemoteApp, tokens: RemoteTokens, request: RemoteRequest): RemoteRequest {
    return withAccessToken(request, tokens, app.tokenPlacement);
  }

  refresh(app: OAuth2RemoteApp, tokens: RemoteTokens): Promise<RemoteTokens> {
    return refreshTokens(app, app.accessTokenUrl, tokens, this.#parts);
  }

  tokensOfApp(app: OAuth2RemoteApp): Promise<RemoteTokens> {
    return tokensOfClient(app, app.accessTokenUrl, this.#parts);
  }

  async revoke(app: OAuth2RemoteApp, tokens: RemoteTokens): Promise<boolean> {
    const { revokeUrl, accessTokenUrl: tokenUrl } = app;
    if (revokeUrl === undefined) return false;
    await revokeTokens(app, { revokeUrl, tokenUrl }, tokens, this.#parts);
    return true;
  }

  async profile(app: OAuth2RemoteApp, tokens: RemoteTokens, attempt: LoginAttempt): Promise<RemoteProfile> {
    const claims = await new OAuth2Provider(app, attempt, this.#parts).claims(tokens);
    return { issuer: app.issuer ?? app.authorizeUrl, claims, tokens };
  }

  get #parts(): TokenRequestParts {
    return { outgoing: this.outgoing, clock: this.clock };
  }
}
