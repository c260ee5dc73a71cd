import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { FlowSecrets, LoginAttempt, LoginFlow } from './login-flow.js';

/** One request of a sign-in as a strategy sees it: the start, or the provider's answer to it. */
export interface LoginExchange {
  readonly attempt: LoginAttempt;
  /** The redirect URI that is registered at the provider. */
  readonly callbackUrl: string;
  /** Remembers the secrets in the browser; gives the `state` to take to the provider. */
  begin(secrets: FlowSecrets): string;
  /** Undefined at the start. */
  readonly answer: ProviderAnswer | undefined;
}

/** The parameters of an authorization response, with the flow that their state belongs to. */
export interface ProviderAnswer {
  readonly flow: LoginFlow;
  readonly parameters: FormParameters;
}
