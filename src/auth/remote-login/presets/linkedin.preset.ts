import type { Preset } from './preset.js';

/** LinkedIn: OpenID Connect by discovery; its id_tokens have no nonce. */
export const preset: Preset = {
  label: 'LinkedIn',
  issuer: 'https://www.linkedin.com/oauth',
  apiBaseUrl: 'https://api.linkedin.com/v2/',
  scopes: ['openid', 'email', 'profile'],
  clientAuthentication: 'client_secret_post',
  nonce: false,
};
