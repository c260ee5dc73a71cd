import type { Preset } from './preset.js';

/** Google: OpenID Connect by discovery. */
export const preset: Preset = {
  label: 'Google',
  issuer: 'https://accounts.google.com',
  scopes: ['openid', 'email', 'profile'],
};
