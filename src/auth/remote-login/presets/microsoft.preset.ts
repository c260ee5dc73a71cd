import type { Preset } from './preset.js';

/**
 * Microsoft: OpenID Connect for accounts of every tenant and of none; for one tenant the issuer has its id in the place
 * of `common`. Addresses are not taken, because whoever runs a tenant may claim any.
 */
export const preset: Preset = {
  label: 'Microsoft',
  mark: {
    viewBox: '0 0 24 24',
    paths: ['M2 2h9.5v9.5H2z', 'M12.5 2H22v9.5h-9.5z', 'M2 12.5h9.5V22H2z', 'M12.5 12.5H22V22h-9.5z'],
  },
  issuer: 'https://login.microsoftonline.com/common/v2.0',
  apiBaseUrl: 'https://graph.microsoft.com/v1.0/',
  scopes: ['openid', 'email', 'profile'],
};
