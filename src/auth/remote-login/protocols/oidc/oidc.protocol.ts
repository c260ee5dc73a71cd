import { Injectable } from '@nestjs/common';
import type { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import { type RemoteRequest, withBearerToken } from '../../remote-request.js';
import { LoginProtocol, type LoginProtocolHandler } from '../login-protocol.js';
import { refreshTokens } from '../oauth2/refresh-tokens.js';
import { OidcStrategy } from './oidc.strategy.js';
import { completeOidcApp, type OidcRemoteApp } from './oidc-app.js';
import { OidcConfigurations } from './oidc-configurations.js';

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

  authorize(_app: OidcRemoteApp, tokens: RemoteTokens, request: RemoteRequest): RemoteRequest {
    return withBearerToken(request, tokens);
  }

  /** The id_token stays the one of the sign-in: whoever it names is not asked anew (OpenID Connect Core section 12.2). */
  async refresh(app: OidcRemoteApp, tokens: RemoteTokens): Promise<RemoteTokens> {
    const { configuration } = await this.configurations.discover(app);
    const { token_endpoint: tokenUrl = '' } = configuration.serverMetadata();
    return refreshTokens(app, tokenUrl, tokens, { outgoing: this.outgoing, clock: this.clock });
  }
}
