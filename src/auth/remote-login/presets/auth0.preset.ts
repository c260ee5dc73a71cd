import type { Preset } from './preset.js';

/** Auth0: OpenID Connect by discovery. The issuer is that of the tenant, with its slash: `https://tenant.eu.auth0.com/`. */
export const preset: Preset = {
  label: 'Auth0',
  mark: { viewBox: '0 0 24 24', paths: ['M12 2h8l-2.5 7.5L20 17l-8 5-8-5 2.5-7.5L4 2z'] },
  scopes: ['openid', 'email', 'profile'],
};
