import type { Preset } from './preset.js';

/** LINE: OpenID Connect by discovery; its id_tokens for the web are signed with the channel secret. */
export const preset: Preset = {
  label: 'LINE',
  issuer: 'https://access.line.me',
  scopes: ['openid', 'email', 'profile'],
  clientAuthentication: 'client_secret_post',
  idTokenAlgorithm: 'HS256',
};
