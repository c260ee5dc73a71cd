import type { FormParameters } from '../../../../common/http/form-parameters.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import { LoginFailure, quoted } from '../../login-failure.js';

/**
 * The value that `iss` in an authorization response must have. `isAnnounced` is true when the provider promises to send
 * `iss` (RFC 9207).
 */
export interface ExpectedIssuer {
  readonly issuer: string | undefined;
  readonly isAnnounced: boolean;
}

/**
 * Checks an authorization response whose state is verified already, the issuer first: an error is the provider's own
 * only when it comes from the provider. Raises LoginFailure: issuer_mismatch, access_denied, authorization_refused or
 * answer_incomplete.
 */
export function checkAuthorizationResponse(
  attempt: LoginAttempt,
  { issuer, isAnnounced }: ExpectedIssuer,
  parameters: FormParameters,
): void {
  const iss = parameters.get('iss');
  const error = parameters.get('error');
  const isWrong = iss === undefined ? isAnnounced : issuer !== undefined && iss !== issuer;
  if (isWrong) {
    const received = iss === undefined ? 'absent' : quoted(iss);
    throw new LoginFailure('issuer_mismatch', attempt, `iss is ${received}, not ${quoted(issuer)}`);
  }
  if (error !== undefined) {
    const detail = `${quoted(error)} ${quoted(parameters.get('error_description'))}`;
    const code = error === 'access_denied' ? error : 'authorization_refused';
    throw new LoginFailure(code, attempt, detail, { providerCode: error });
  }
  if (parameters.get('code') === undefined) {
    throw new LoginFailure('answer_incomplete', attempt, 'neither code nor error');
  }
}
