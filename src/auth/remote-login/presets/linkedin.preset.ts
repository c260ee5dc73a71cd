import type { Preset } from './preset.js';

/** LinkedIn: OpenID Connect by discovery; its id_tokens have no nonce. */
export const preset: Preset = {
  label: 'LinkedIn',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M3 8.5h4V21H3z',
      'M5 2.5a2.2 2.2 0 1 1 0 4.5a2.2 2.2 0 1 1 0-4.5z',
      'M9.5 8.5h3.8v1.7c.8-1.2 2-2 3.8-2 3 0 4.4 2 4.4 5.2V21h-4v-6.8c0-1.6-.6-2.6-1.9-2.6-1.4 0-2.1 1-2.1 2.6V21h-4z',
    ],
  },
  issuer: 'https://www.linkedin.com/oauth',
  apiBaseUrl: 'https://api.linkedin.com/v2/',
  scopes: ['openid', 'email', 'profile'],
  clientAuthentication: 'client_secret_post',
  nonce: false,
};
