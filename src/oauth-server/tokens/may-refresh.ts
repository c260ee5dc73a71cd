import type { Client } from '../../clients/client.js';

/**
 * True where a refresh token may be given: the client lists the grant type refresh_token, and in an OpenID request that
 * could have asked for offline_access it did (OpenID Connect Core section 11). A client that is not registered for the
 * scope offline_access needs no more than to list the grant type.
 */
export function mayRefresh(client: Client, scopes: readonly string[]): boolean {
  if (!client.mayUseGrant('refresh_token')) return false;
  return !scopes.includes('openid') || scopes.includes('offline_access') || !client.scopes.includes('offline_access');
}
