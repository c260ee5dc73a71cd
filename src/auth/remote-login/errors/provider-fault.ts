import type { OAuthError } from '../../../common/errors/oauth-error.js';
import type { OutgoingFetchError, OutgoingFetchFault } from '../../../common/outgoing/outgoing-fetch.error.js';
import type { LoginAttempt } from '../flow/login-flow.js';
import { ProviderAnswerTooLargeError } from './provider-answer-too-large.error.js';
import { ProviderTooSlowError } from './provider-too-slow.error.js';
import { ProviderUnreachableError } from './provider-unreachable.error.js';

const FAULTS: Readonly<Record<OutgoingFetchFault, new (attempt: LoginAttempt, detail: string) => OAuthError>> = {
  unreachable: ProviderUnreachableError,
  redirects: ProviderUnreachableError,
  'private-address': ProviderUnreachableError,
  'too-slow': ProviderTooSlowError,
  'too-large': ProviderAnswerTooLargeError,
};

/** The error that a call to a provider which brought no usable answer becomes. */
export function providerFault(attempt: LoginAttempt, { fault, message }: OutgoingFetchError): OAuthError {
  return new FAULTS[fault](attempt, message);
}
