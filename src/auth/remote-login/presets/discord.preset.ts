import type { Preset } from './preset.js';

/** Discord: OAuth 2. */
export const preset: Preset = {
  label: 'Discord',
  authorizeUrl: 'https://discord.com/oauth2/authorize',
  accessTokenUrl: 'https://discord.com/api/oauth2/token',
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
