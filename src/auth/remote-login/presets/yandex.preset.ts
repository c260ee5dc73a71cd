import type { Preset } from './preset.js';

/** Yandex: OAuth 2; its addresses are not taken for verified. */
export const preset: Preset = {
  label: 'Yandex',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M13.5 2H17v20h-3.5v-7.5L9.5 22h-4l4.7-8.2C8 12.8 7 11 7 8.7 7 4.7 9.5 2 13.5 2zm0 3c-2 0-3 1.3-3 3.5s1 3.7 3 3.7z',
    ],
  },
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
