import { Injectable } from '@nestjs/common';
import { TooManyAttemptsError } from '../../../common/errors/http.errors.js';
import { InvalidGrantError } from '../../../common/errors/rfc6749.errors.js';
import { enforce, type Rule } from '../../../common/rules.js';
import { requestedScopes } from '../../../common/scope.js';
import { Clock } from '../../../common/time/clock.js';
import { PasswordSignIn, type PasswordSignInResult } from '../../../users/password/password-sign-in.js';
import { TokenIssuer, type TokenOrder, type TokenResponse } from '../../tokens/token-issuer.js';
import { type Grant, GrantType, type TokenRequest } from '../grant.js';

type SignedIn = Extract<PasswordSignInResult, { outcome: 'signed-in' }>;

const RULES: readonly Rule<PasswordSignInResult>[] = [
  [
    (result) => result.outcome !== 'throttled',
    (result) =>
      new TooManyAttemptsError({
        description: 'Too many wrong passwords; try again later',
        retryAfterSeconds: 'retryAfterSeconds' in result ? result.retryAfterSeconds : 0,
      }),
  ],
  [
    (result) => result.outcome === 'signed-in',
    () => new InvalidGrantError({ description: 'The username or the password is wrong' }),
  ],
];

/**
 * `password` (RFC 6749 section 4.3), for old clients that list it: the client sees the end user's password and no second
 * factor can take part, so RFC 9700 section 2.4 forbids it to new ones. The username is the e-mail address, and wrong
 * ones count as failed sign-ins. A request without scope gets every scope that the client is registered for.
 */
@Injectable()
@GrantType('password')
export class PasswordGrant implements Grant<TokenOrder> {
  constructor(
    private readonly passwords: PasswordSignIn,
    private readonly issuer: TokenIssuer,
    private readonly clock: Clock,
  ) {}

  /** Raises InvalidRequestError, InvalidScopeError, TooManyAttemptsError and InvalidGrantError. */
  async validate({ client, grantType, parameters, address, confirmation }: TokenRequest): Promise<TokenOrder> {
    const username = parameters.required('username');
    const password = parameters.required('password');
    const scopes = requestedScopes(parameters.get('scope'), client.scopes);
    const result = await this.passwords.verify(username, password, { address });
    enforce(RULES, result);
    const { user } = result as SignedIn;
    const endUser = { subject: user.id, signIn: { authTime: this.clock.now(), amr: ['pwd'] } };
    const order = { client, grantType, granted: { scopes }, endUser, confirmation };
    return { ...order, withRefreshToken: true, withIdToken: true };
  }

  issue(order: TokenOrder): Promise<TokenResponse> {
    return this.issuer.issue(order);
  }
}
