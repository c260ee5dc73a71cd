import { Injectable } from '@nestjs/common';
import type { Strategy } from 'passport';
import type { FormParameters } from '../../../../common/http/form-parameters.js';
import { OutgoingFetch } from '../../../../common/outgoing/outgoing-fetch.js';
import { Clock } from '../../../../common/time/clock.js';
import type { RemoteTokens } from '../../../../users/linked-account/remote-tokens.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import type { LoginExchange } from '../../flow/login-exchange.js';
import type { RemoteProfile } from '../../profile/remote-identity.js';
import type { RemoteRequest } from '../../remote-request.js';
import { LoginProtocol, type LoginProtocolHandler } from '../login-protocol.js';
import { OAuth1Strategy } from './oauth1.strategy.js';
import { completeOAuth1App, type OAuth1RemoteApp } from './oauth1-app.js';
import { OAuth1Provider } from './oauth1-provider.js';

/** OAuth 1.0a (RFC 5849), whose flow is named by the temporary credentials. */
@Injectable()
@LoginProtocol('oauth1')
export class OAuth1Protocol implements LoginProtocolHandler<OAuth1RemoteApp> {
  readonly complete = completeOAuth1App;

  constructor(
    private readonly outgoing: OutgoingFetch,
    private readonly clock: Clock,
  ) {}

  /** An end user who declines comes back with `denied` in the place of `oauth_token` at some providers. */
  flowHandle(answer: FormParameters): string | undefined {
    return answer.get('oauth_token') ?? answer.get('denied');
  }

  strategy(exchange: LoginExchange<OAuth1RemoteApp>): Strategy {
    return new OAuth1Strategy(exchange, this.#provider(exchange.app));
  }

  /** Signs a request to the API with the token credentials (section 3). */
  authorize(app: OAuth1RemoteApp, tokens: RemoteTokens, request: RemoteRequest): RemoteRequest {
    return this.#provider(app).sign(request, tokens);
  }

  /** A provider without user info says who signs in only when they do, and nothing afterwards. */
  profile(app: OAuth1RemoteApp, tokens: RemoteTokens, attempt: LoginAttempt): Promise<RemoteProfile> {
    return this.#provider(app).profile(tokens, attempt);
  }

  #provider(app: OAuth1RemoteApp): OAuth1Provider {
    return new OAuth1Provider(app, this.outgoing, this.clock);
  }
}
