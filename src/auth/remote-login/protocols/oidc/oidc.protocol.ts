import { Injectable } from '@nestjs/common';
import type { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import { Clock } from '../../../../common/time/clock.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import { LoginProtocol, type LoginProtocolHandler } from '../login-protocol.js';
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
    private readonly clock: Clock,
  ) {}

  flowHandle(answer: FormParameters): string | undefined {
    return answer.get('state');
  }

  strategy(exchange: LoginExchange<OidcRemoteApp>): Strategy {
    return new OidcStrategy(exchange, this.configurations, this.clock);
  }
}
