import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { RemoteApp } from '../remote-app.js';
import type { LoginAttempt } from './login-attempt.js';

/**
 * Secrets that the browser must remember between leaving for the provider and coming back, such as a PKCE code
 * verifier.
 */
export type FlowSecrets = Readonly<Record<string, string>>;

/** One request of a sign-in at a provider as its protocol sees it: the start, or the provider's answer to it. */
export interface LoginExchange<App extends RemoteApp = RemoteApp> extends LoginAttempt {
  readonly app: App;
  /** The URL at which the provider's answer arrives, to be registered there. */
  readonly callbackUrl: string;
  /**
   * Remembers secrets in the browser that is about to leave. `handle` names the flow: the provider's answer must bring
   * it back, where the protocol's `flowHandle` finds it, for example `state`. The handle must be impossible to guess.
   */
  begin(handle: string, secrets: FlowSecrets): Promise<void>;
  /** The provider's answer, with the secrets that this browser remembered for it; undefined at the start. */
  readonly answer: { readonly parameters: FormParameters; readonly secrets: FlowSecrets } | undefined;
}
