import type { Strategy } from 'passport';
import { familyDecorator } from '../../../common/extension/family-decorator.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import type { LoginAttempt } from '../flow/login-attempt.js';
import type { LoginExchange } from '../flow/login-exchange.js';
import type { RemoteProfile } from '../profile/remote-identity.js';
import type { RemoteApp } from '../remote-app.js';
import type { RemoteRequest } from '../remote-request.js';
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
  strategy(exchange: LoginExchange<App>): Strategy | Promise<Strategy>;
  /**
   * Puts tokens on a request to the provider's API (RFC 6750 section 2.1). A protocol that leaves this out, or a
   * further member below, gives tokens with which that cannot be done.
   */
  authorize?(app: App, tokens: RemoteTokens, request: RemoteRequest): RemoteRequest | Promise<RemoteRequest>;
  /**
   * Asks for new tokens by the refresh token (RFC 6749 section 6); a member that the answer leaves out is the old one's.
   * Raises RemoteTokenRefusal where the provider refuses, and OutgoingFetchError where no answer came.
   */
  refresh?(app: App, tokens: RemoteTokens): Promise<RemoteTokens>;
  /**
   * Takes the tokens back at the provider (RFC 7009 section 2.1); false where it has no endpoint for that. Raises
   * RemoteTokenRefusal and OutgoingFetchError.
   */
  revoke?(app: App, tokens: RemoteTokens): Promise<boolean>;
  /**
   * What the provider says now about the end user of these tokens. `attempt` is what a failure leads back to. Raises
   * LoginFailure (profile_unusable) and OutgoingFetchError.
   */
  profile?(app: App, tokens: RemoteTokens, attempt: LoginAttempt): Promise<RemoteProfile>;
  /**
   * Asks for tokens of the app itself, without an end user (RFC 6749 section 4.4). Raises RemoteTokenRefusal and
   * OutgoingFetchError.
   */
  tokensOfApp?(app: App): Promise<RemoteTokens>;
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
