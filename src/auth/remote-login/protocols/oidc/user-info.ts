import type { Configuration } from 'openid-client';
import type { LoginAttempt } from '../../flow/login-attempt.js';
import { LoginFailure } from '../../login-failure.js';
import { type Members, mended } from '../../settings/compliance-hooks.js';
import { isRefusal, userInfoFault } from './oidc-fault.js';

/**
 * The user info of the end user whom the id_token names (OpenID Connect Core section 5.3). Providers keep profile and
 * e-mail out of the id_token when there is an access token (section 5.4). Undefined where the provider refuses the
 * call, as AD FS does for tokens of another resource. Raises LoginFailure (profile_unusable) and OutgoingFetchError.
 */
export async function userInfoOf(
  attempt: LoginAttempt,
  configuration: Configuration,
  accessToken: string,
  subject: string,
): Promise<object | undefined> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  const { fetchUserInfo } = await import('openid-client');
  const told: Members | undefined = await fetchUserInfo(configuration, accessToken, subject).catch((error: unknown) => {
    if (isRefusal(error)) return undefined;
    throw userInfoFault(attempt, error);
  });
  const hook = attempt.app.compliance?.userinfoResponse;
  return (
    told &&
    mended(hook, told, (problem) => {
      throw new LoginFailure('profile_unusable', attempt, `user info: ${problem}`);
    })
  );
}
