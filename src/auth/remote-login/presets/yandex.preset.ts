import type { Preset } from './preset.js';

/** Yandex: OAuth 2; its addresses are not taken for verified. */
export const preset: Preset = {
  label: 'Yandex',
  authorizeUrl: 'https://oauth.yandex.com/authorize',
  accessTokenUrl: 'https://oauth.yandex.com/token',
  apiBaseUrl: 'https://login.yandex.ru/',
  userinfoUrl: 'info?format=json',
  scopes: ['login:info', 'login:email', 'login:avatar'],
  profile: {
    claims: {
      sub: 'id',
      name: ['display_name', 'real_name', 'first_name'],
      given_name: 'first_name',
      family_name: 'last_name',
      preferred_username: 'login',
    },
  },
};
