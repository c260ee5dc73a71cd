import { Injectable } from '@nestjs/common';
import type { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import { type RemoteRequest, withBearerToken } from '../../remote-request.js';
import { LoginProtocol, type LoginProtocolHandler } from '../login-protocol.js';
import { OAuth2Strategy } from './oauth2.strategy.js';
import { completeOAuth2App, type OAuth2RemoteApp } from './oauth2-app.js';
import { OAuth2Provider } from './oauth2-provider.js';
import { refreshTokens } from './refresh-tokens.js';

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

  strategy(exchange: LoginExchange<OAuth2RemoteApp>): Strategy {
    return new OAuth2Strategy(exchange, new OAuth2Provider(exchange, this.outgoing, this.clock));
  }

  authorize(_app: OAuth2RemoteApp, tokens: RemoteTokens, request: RemoteRequest): RemoteRequest {
    return withBearerToken(request, tokens);
  }

  refresh(app: OAuth2RemoteApp, tokens: RemoteTokens): Promise<RemoteTokens> {
    return refreshTokens(app, app.accessTokenUrl, tokens, { outgoing: this.outgoing, clock: this.clock });
  }
}
