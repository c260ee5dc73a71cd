import type { FormParameters } from '../../../common/http/form-parameters.js';
import { AnswerIncompleteError } from '../errors/answer-incomplete.error.js';
import { AuthorizationRefusedError } from '../errors/authorization-refused.error.js';
import { IssuerMismatchError } from '../errors/issuer-mismatch.error.js';
import { SignInDeniedError } from '../errors/sign-in-denied.error.js';
import type { LoginAttempt } from './login-flow.js';

/** What `iss` in an authorization response must be; `isAnnounced` when the provider promises to send it (RFC 9207). */
export interface ExpectedIssuer {
  readonly issuer: string | undefined;
  readonly isAnnounced: boolean;
}

/**
 * Checks an authorization response whose state is verified already, the issuer first: an error is the provider's own
 * only when it comes from the provider. Raises IssuerMismatchError, SignInDeniedError, AuthorizationRefusedError,
 * AnswerIncompleteError.
 */
export function checkAuthorizationResponse(
  attempt: LoginAttempt,
  { issuer, isAnnounced }: ExpectedIssuer,
  parameters: FormParameters,
): void {
  const iss = parameters.get('iss');
  const error = parameters.get('error');
  const isWrong = iss === undefined ? isAnnounced : issuer !== undefined && iss !== issuer;
  if (isWrong) throw new IssuerMismatchError(attempt, issuer ?? '', iss);
  if (error === 'access_denied') throw new SignInDeniedError(attempt, parameters.get('error_description'));
  if (error !== undefined) throw new AuthorizationRefusedError(attempt, error, parameters.get('error_description'));
  if (parameters.get('code') === undefined) throw new AnswerIncompleteError(attempt);
}
