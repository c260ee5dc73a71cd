import type { Preset } from './preset.js';

/**
 * Apple: OpenID Connect by discovery. This client proves itself by a secret that it signs with the key from Apple's
 * developer pages, so key, key id and team id are needed in its place. The name comes once, with the first answer.
 */
export const preset: Preset = {
  label: 'Apple',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M12 7.5c2-1.5 6-1.5 7.5 1.5-3 2-2.5 6 .5 7.5-1.5 4-4 6-8 4-4 2-8-1.5-8-7.5C4 7.5 8.5 5.5 12 7.5z',
      'M12 6c0-2.5 1.5-4 4-4 0 2.5-1.5 4-4 4z',
    ],
  },
  issuer: 'https://appleid.apple.com',
  scopes: ['openid', 'name', 'email'],
  clientAuthentication: 'minted_secret',
  responseMode: 'form_post',
};
