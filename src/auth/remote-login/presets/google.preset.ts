import type { Preset } from './preset.js';

/** Google: OpenID Connect by discovery. */
export const google: Preset = {
  label: 'Google',
  issuer: 'https://accounts.google.com',
  scopes: ['openid', 'email', 'profile'],
};
