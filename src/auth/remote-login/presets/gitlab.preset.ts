import type { Preset } from './preset.js';

/** GitLab.com: OpenID Connect by discovery. For a server of one's own the issuer is its address. */
export const preset: Preset = {
  label: 'GitLab',
  mark: { viewBox: '0 0 24 24', paths: ['M12 22L2 14l3-11 3 7h8l3-7 3 11z'] },
  issuer: 'https://gitlab.com',
  apiBaseUrl: 'https://gitlab.com/api/v4/',
  scopes: ['openid', 'email', 'profile'],
};
