import { Injectable } from '@nestjs/common';
import { UnauthorizedClientError } from '../../../common/errors/rfc6749.errors.js';
import { enforce, type Rule } from '../../../common/rules.js';
import { requestedScopes } from '../../../common/scope.js';
import { TokenIssuer, type TokenOrder, type TokenResponse } from '../../tokens/token-issuer.js';
import { type Grant, GrantType, type TokenRequest } from '../grant.js';

const RULES: readonly Rule<TokenRequest>[] = [
  [
    ({ client }) => !client.isPublic,
    () => new UnauthorizedClientError({ description: 'A public client cannot act in its own right' }),
  ],
];

/** Scopes that speak of an end user, who takes no part here. */
const OF_AN_END_USER = ['openid', 'offline_access'];

/**
 * `client_credentials`: a client acts in its own right (RFC 6749 section 4.4). No refresh token is given (section
 * 4.4.3). A request without scope gets every scope that the client is registered for.
 */
@Injectable()
@GrantType('client_credentials')
export class ClientCredentialsGrant implements Grant<TokenOrder> {
  constructor(private readonly issuer: TokenIssuer) {}

  /** Raises UnauthorizedClientError and InvalidScopeError. */
  validate(request: TokenRequest): TokenOrder {
    enforce(RULES, request);
    const { client, grantType, parameters, confirmation } = request;
    const allowed = client.scopes.filter((scope) => !OF_AN_END_USER.includes(scope));
    const granted = { scopes: requestedScopes(parameters.get('scope'), allowed) };
    return { client, grantType, granted, confirmation };
  }

  issue(order: TokenOrder): Promise<TokenResponse> {
    return this.issuer.issue(order);
  }
}
