import type { Preset } from './preset.js';

/** LINE: OpenID Connect by discovery; its id_tokens for the web are signed with the channel secret. */
export const preset: Preset = {
  label: 'LINE',
  mark: {
    viewBox: '0 0 24 24',
    paths: ['M12 3c5.5 0 10 3.5 10 8 0 3-2 5.5-5 7.5L12 22v-3C6.5 19 2 15.5 2 11s4.5-8 10-8z'],
  },
  issuer: 'https://access.line.me',
  scopes: ['openid', 'email', 'profile'],
  clientAuthentication: 'client_secret_post',
  idTokenAlgorithm: 'HS256',
};
