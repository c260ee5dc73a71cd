import * as gatehouse from 'gatehouse';

it('exports these names and no others: taking one away breaks applications', () => {
  expect(Object.keys(gatehouse).sort()).toEqual([
    'AccessTokenVerifier',
    'BEARER_ROUTE',
    'BearerGuard',
    'ClaimsSource',
    'Client',
    'ClientAuthMethod',
    'CurrentToken',
    'CurrentUser',
    'GrantType',
    'InsufficientScopeError',
    'InvalidClientError',
    'InvalidGrantError',
    'InvalidRequestError',
    'InvalidScopeError',
    'InvalidTokenError',
    'OAuthError',
    'Public',
    'RequireScopes',
    'TOKEN_LIFETIMES_OPTIONS',
    'TokenFormat',
    'TokenIssuer',
    'TokenModule',
    'UnauthorizedClientError',
    'enforce',
    'requestedScopes',
    'required',
    'tokenLifetimesDefaults',
  ]);
});
