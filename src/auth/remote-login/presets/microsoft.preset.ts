import type { Preset } from './preset.js';

/**
 * Microsoft: OpenID Connect for accounts of every tenant and of none; for one tenant the issuer has its id in the place
 * of `common`. Addresses are not taken, because whoever runs a tenant may claim any.
 */
export const preset: Preset = {
  label: 'Microsoft',
  issuer: 'https://login.microsoftonline.com/common/v2.0',
  apiBaseUrl: 'https://graph.microsoft.com/v1.0/',
  scopes: ['openid', 'email', 'profile'],
};
