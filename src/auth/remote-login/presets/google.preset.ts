import type { Preset } from './preset.js';

/** Google: OpenID Connect by discovery. */
export const preset: Preset = {
  label: 'Google',
  mark: { viewBox: '0 0 24 24', paths: ['M22 10.5H12v4h5.5A6 6 0 1 1 16 7.5l3-3A10 10 0 1 0 22 12.5z'] },
  issuer: 'https://accounts.google.com',
  scopes: ['openid', 'email', 'profile'],
};
