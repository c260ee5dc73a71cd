import * as gatehouse from 'gatehouse';

it('exports these names and no others: taking one away breaks applications', () => {
  expect(Object.keys(gatehouse).sort()).toEqual([
    'Client',
    'ClientAuthMethod',
    'GrantType',
    'InvalidClientError',
    'InvalidGrantError',
    'InvalidRequestError',
    'InvalidScopeError',
    'OAuthError',
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
