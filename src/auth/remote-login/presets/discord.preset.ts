import type { Preset } from './preset.js';

/** Discord: OAuth 2. */
export const preset: Preset = {
  label: 'Discord',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M8 4l1 1.5h6L16 4c2 .3 3.5 1 4.5 1.8C22 9 22.5 13 22 17c-1.5 1.5-3 2.3-5 2.8l-1.2-1.8h-7.6L7 19.8C5 19.3 3.5 18.5 2 17c-.5-4 0-8 1.5-11.2C4.5 5 6 4.3 8 4zM8.7 10.5a1.8 2 0 1 0 0 4a1.8 2 0 1 0 0-4zm6.6 0a1.8 2 0 1 0 0 4a1.8 2 0 1 0 0-4z',
    ],
  },
  authorizeUrl: 'https://discord.com/oauth2/authorize',
  accessTokenUrl: 'https://discord.com/api/oauth2/token',
  revokeUrl: 'https://discord.com/api/oauth2/token/revoke',
  apiBaseUrl: 'https://discord.com/api/',
  userinfoUrl: 'users/@me',
  scopes: ['identify', 'email'],
  profile: {
    claims: {
      sub: 'id',
      name: ['global_name', 'username'],
      preferred_username: 'username',
      email: 'email',
      email_verified: 'verified',
      locale: 'locale',
    },
  },
};
