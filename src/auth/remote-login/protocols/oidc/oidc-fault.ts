import { ClientError, ResponseBodyError, WWWAuthenticateChallengeError } from 'openid-client';
import { OutgoingFetchError } from '../../../../common/outgoing/outgoing-fetch.error.js';
import { IdTokenInvalidError } from '../../errors/id-token-invalid.error.js';
import { ProfileUnusableError } from '../../errors/profile-unusable.error.js';
import { providerFault } from '../../errors/provider-fault.js';
import { ProviderMetadataUnusableError } from '../../errors/provider-metadata-unusable.error.js';
import { TokenRefusedError } from '../../errors/token-refused.error.js';
import type { LoginAttempt } from '../../flow/login-flow.js';
import { readTokenRefusal } from '../oauth2/token-response.js';

/** Codes of openid-client for a token endpoint that did not answer as one, before any id_token was looked at. */
const NO_TOKEN_RESPONSE = ['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON', 'OAUTH_PARSE_ERROR'];

/** What an error of discovery means for the person. */
export function discoveryFault(attempt: LoginAttempt, error: unknown): unknown {
  return callFault(attempt, error) ?? new ProviderMetadataUnusableError(attempt, describe(error));
}

/** What an error of the code's redemption or of the id_token's checks means for the person. */
export async function tokenFault(attempt: LoginAttempt, error: unknown): Promise<unknown> {
  if (error instanceof ResponseBodyError) return new TokenRefusedError(attempt, error.error, error.error_description);
  if (error instanceof WWWAuthenticateChallengeError) return challengeFault(attempt, error);
  const isRefusal = error instanceof ClientError && NO_TOKEN_RESPONSE.includes(error.code ?? '');
  if (isRefusal) return new TokenRefusedError(attempt, 'an unreadable answer', describe(error));
  return callFault(attempt, error) ?? new IdTokenInvalidError(attempt, describe(error));
}

/** What an error of the user info call means for the person. */
export function userInfoFault(attempt: LoginAttempt, error: unknown): unknown {
  return callFault(attempt, error) ?? new ProfileUnusableError(attempt, describe(error));
}

/** For openid-client a challenge outweighs the body beside it, which has the code (RFC 6749 section 5.2, invalid_client). */
async function challengeFault(attempt: LoginAttempt, { response, status }: WWWAuthenticateChallengeError) {
  const { error = `HTTP ${status}`, description } = readTokenRefusal(response.bodyUsed ? '' : await response.text());
  return new TokenRefusedError(attempt, error, description);
}

/** openid-client wraps what our fetch raises. */
function callFault(attempt: LoginAttempt, error: unknown): Error | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof OutgoingFetchError ? providerFault(attempt, cause) : undefined;
}

/** The message and that of its cause; neither carries a token. */
function describe(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
