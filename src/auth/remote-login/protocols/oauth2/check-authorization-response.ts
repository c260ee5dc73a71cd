import type { FormParameters } from '../../../../common/http/form-parameters.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import { LoginFailure, quoted } from '../../login-failure.js';

/**
 * The value that `iss` in an authorization response must have, with `{tenantid}` for a part that each tenant has its own
 * of (Microsoft). `isAnnounced` is true when the provider promises to send `iss` (RFC 9207).
 */
export interface ExpectedIssuer {
  readonly issuer: string | undefined;
  readonly isAnnounced: boolean;
}

/**
 * What providers call it when the end user declines, besides `access_denied` (RFC 6749 section 4.1.2.1): LinkedIn, Apple,
 * Facebook, and others in their footsteps.
 */
const DENIED: ReadonlySet<string> = new Set([
  'access_denied',
  'user_denied',
  'user_cancelled',
  'user_canceled',
  'user_cancelled_login',
  'user_cancelled_authorize',
  'cancelled',
  'canceled',
  'cancelled_on_user',
  'authorization_declined',
  'consent_declined',
]);

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
  const isWrong = iss === undefined ? isAnnounced : issuer !== undefined && !isOf(iss, issuer);
  if (isWrong) {
    const received = iss === undefined ? 'absent' : quoted(iss);
    throw new LoginFailure('issuer_mismatch', attempt, `iss is ${received}, not ${quoted(issuer)}`);
  }
  if (error !== undefined) {
    const detail = `${quoted(error)} ${quoted(parameters.get('error_description'))}`;
    const isDenied = DENIED.has(error) || DENIED.has(parameters.get('error_reason') ?? '');
    const code = isDenied ? 'access_denied' : 'authorization_refused';
    throw new LoginFailure(code, attempt, detail, { providerCode: error });
  }
  if (parameters.get('code') === undefined) {
    throw new LoginFailure('answer_incomplete', attempt, 'neither code nor error');
  }
}

const TENANT = '{tenantid}';

/** True for an issuer that is the expected one, or one of the tenants of that. */
function isOf(iss: string, expected: string): boolean {
  const [before = '', after] = expected.split(TENANT, 2);
  if (after === undefined) return iss === expected;
  const tenant =
    iss.startsWith(before) && iss.endsWith(after) ? iss.slice(before.length, iss.length - after.length) : '';
  return /^[\w.-]+$/.test(tenant);
}
