import type { Preset } from './preset.js';

/** GitLab.com: OpenID Connect by discovery. For a server of one's own the issuer is its address. */
export const preset: Preset = {
  label: 'GitLab',
  issuer: 'https://gitlab.com',
  apiBaseUrl: 'https://gitlab.com/api/v4/',
  scopes: ['openid', 'email', 'profile'],
};
