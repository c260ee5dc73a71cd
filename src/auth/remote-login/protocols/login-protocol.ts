import type { Strategy } from 'passport';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { LoginExchange } from '../flow/login-exchange.js';
import type { RemoteApp } from '../remote-app.js';
import type { Completed, NamedSettings } from '../settings/setting-rule.js';

/** One protocol by which end users sign in at providers. */
export interface LoginProtocolHandler<App extends RemoteApp = RemoteApp> {
  /**
   * Checks a remote app's settings, those of its preset included, and fills in the defaults. Gives the whole remote
   * app, or every fault. Name and client id are checked before. `allowHttp` is true for a server whose own issuer is
   * http, in development.
   */
  complete(settings: NamedSettings, allowHttp: boolean): Completed<App>;
  /** The handle that names the flow in a provider's answer, for example `state`; undefined when the answer has none. */
  flowHandle(answer: FormParameters): string | undefined;
  /**
   * The passport strategy of one request. At the start the strategy calls `exchange.begin` and redirects; with an
   * answer the strategy succeeds with a RemoteProfile. The strategy may raise LoginFailure and OutgoingFetchError;
   * `fail()` counts as access_denied.
   */
  strategy(exchange: LoginExchange<App>): Strategy;
}

/**
 * Registers an injectable class that implements LoginProtocolHandler under a name, for example `@LoginProtocol('oidc')`;
 * list it in any module. A remote app uses it by `protocol: 'oidc'`.
 */
export const LoginProtocol = familyDecorator<LoginProtocolHandler>(
  'login protocol',
  'complete',
  'flowHandle',
  'strategy',
);
