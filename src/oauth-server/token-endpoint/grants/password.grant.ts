import { Injectable } from '@nestjs/common';
import { TooManyAttemptsError } from '../../../common/errors/http.errors.js';
import type { OAuthError } from '../../../common/errors/oauth-error.js';
import { InvalidGrantError, TemporarilyUnavailableError } from '../../../common/errors/rfc6749.errors.js';
import { requestedScopes } from '../../../common/scope.js';
import { Clock } from '../../../common/time/clock.js';
import { PasswordSignIn, type PasswordSignInResult } from '../../../users/password/password-sign-in.js';
import { TokenIssuer, type TokenOrder, type TokenResponse } from '../../tokens/token-issuer.js';
import { type Grant, GrantType, type TokenRequest } from '../grant.js';

type Postponed = Extract<PasswordSignInResult, { retryAfterSeconds: number }>;

/**
 * `password` (RFC 6749 section 4.3), for old clients that list it: the client sees the end user's password and no
 * second factor can take part, so RFC 9700 section 2.4 forbids it to new ones. The username is the e-mail address, and
 * wrong passwords count as failed sign-ins. A request without scope gets every scope that the client is registered for.
 */
@Injectable()
@GrantType('password')
export class PasswordGrant implements Grant<TokenOrder> {
  constructor(
    private readonly passwords: PasswordSignIn,
    private readonly issuer: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  /**
   * Raises InvalidRequestError, InvalidScopeError, InvalidGrantError, TooManyAttemptsError and
   * TemporarilyUnavailableError.
   */
  async validate({ client, grantType, parameters, address, confirmation }: TokenRequest): Promise<TokenOrder> {
    const username = parameters.required('username');
    const password = parameters.required('password');
    const scopes = requestedScopes(parameters.get('scope'), client.scopes);
    const result = await this.passwords.verify(username, password, { address });
    if (result.outcome === 'refused')
      throw new InvalidGrantError({ description: 'The username or the password is wrong' });
    if (result.outcome !== 'signed-in') throw errorOf(result);
    const { user } = result;
    const endUser = { subject: user.id, signIn: { authTime: this.clock.now(), amr: ['pwd'] } };
    const order = { client, grantType, granted: { scopes }, endUser, confirmation };
    return { ...order, withRefreshToken: true, withIdToken: true };
  }

  issue(order: TokenOrder): Promise<TokenResponse> {
    return this.issuer.issue(order);
  }
}

function errorOf({ outcome, retryAfterSeconds }: Postponed): OAuthError {
  return outcome === 'busy'
    ? new TemporarilyUnavailableError({ description: 'Too many passwords are checked just now', retryAfterSeconds })
    : new TooManyAttemptsError({ description: 'Too many wrong passwords; try again later', retryAfterSeconds });
}
