import type { ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { OutgoingFetchError } from '../../../../common/outgoing/outgoing-fetch.error.js';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import { LoginFailure, quoted } from '../../login-failure.js';
import { readTokenRefusal } from '../oauth2/token-response.js';

/** Codes of openid-client for a token endpoint that did not answer as one, before any id_token was looked at. */
const NO_TOKEN_RESPONSE = ['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR'];

/** The LoginFailure for an error of discovery. */
export function discoveryFault(attempt: LoginAttempt, error: unknown): unknown {
  return callFault(error) ?? new LoginFailure('provider_metadata_unusable', attempt, `discovery: ${describe(error)}`);
}

/** The LoginFailure for an error of the code's redemption or of the id_token's checks. */
export async function tokenFault(attempt: LoginAttempt, error: unknown): Promise<unknown> {
  const { code } = error as { readonly code?: unknown };
  if (code === 'OAUTH_RESPONSE_BODY_ERROR') {
    const { error: said, error_description: description } = error as ResponseBodyError;
    return refusal(attempt, said, description);
  }
  if (code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE')
    return challengeFault(attempt, error as WWWAuthenticateChallengeError);
  const isRefusal = typeof code === 'string' && NO_TOKEN_RESPONSE.includes(code);
  if (isRefusal) return refusal(attempt, 'an unreadable answer', describe(error));
  return callFault(error) ?? new LoginFailure('id_token_invalid', attempt, `id_token: ${describe(error)}`);
}

/** The LoginFailure for an error of checking the id_token's signature. */
export function signatureFault(attempt: LoginAttempt, error: unknown): unknown {
  if (error instanceof OutgoingFetchError) return error;
  return new LoginFailure('id_token_invalid', attempt, `signature of the id_token: ${describe(error)}`);
}

/** True where the provider answered a call with a 4xx. */
export function isRefusal(error: unknown): boolean {
  const { status, cause } = error as { readonly status?: unknown; readonly cause?: unknown };
  const answered = Number(status ?? (cause instanceof Response ? cause.status : undefined));
  return answered >= 400 && answered < 500;
}

/** The LoginFailure for an error of the user info call. */
export function userInfoFault(attempt: LoginAttempt, error: unknown): unknown {
  return callFault(error) ?? new LoginFailure('profile_unusable', attempt, `user info: ${describe(error)}`);
}

/**
 * The failure behind a WWW-Authenticate challenge. openid-client reports the challenge and not the body, which has the
 * error code (RFC 6749 section 5.2, invalid_client).
 */
async function challengeFault(attempt: LoginAttempt, { response, status }: WWWAuthenticateChallengeError) {
  const { error = `HTTP ${status}`, description } = readTokenRefusal(response.bodyUsed ? '' : await response.text());
  return refusal(attempt, error, description);
}

function refusal(attempt: LoginAttempt, providerCode: string, providerText: unknown): LoginFailure {
  const detail = `token endpoint: ${quoted(providerCode)} ${quoted(providerText)}`;
  return new LoginFailure('token_refused', attempt, detail, { providerCode });
}

/** The error of our own fetch, which openid-client wraps; undefined for any other error. */
function callFault(error: unknown): OutgoingFetchError | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof OutgoingFetchError ? cause : undefined;
}

/** The metadata that a setting points to are of another issuer than the one that is set. */
export class OtherIssuerError extends Error {
  override readonly name = 'OtherIssuerError';

  constructor(readonly said: string) {
    super('the metadata are of another issuer');
  }
}

/** The issuer that a discovery document named, where that was the error; undefined for any other error. */
export function issuerSaid(error: unknown): string | undefined {
  if (error instanceof OtherIssuerError) return error.said;
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as Error).cause) {
    const { attribute, body } = cause as { attribute?: unknown; body?: { issuer?: unknown } };
    if (attribute === 'issuer' && typeof body?.issuer === 'string') return body.issuer;
  }
  return undefined;
}

/** The message of an error and that of its cause; neither carries a token. */
export function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
