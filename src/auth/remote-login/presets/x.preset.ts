import type { Preset } from './preset.js';

/** X: OAuth 2; what it says of an end user stands one level down, and an address comes only when it is confirmed. */
export const preset: Preset = {
  label: 'X',
  mark: {
    viewBox: '0 0 24 24',
    paths: ['M3 3h5l5 6.8L18.5 3H21l-6.9 8.6L21.5 21h-5l-5.4-7.2L5.3 21H2.8l7.2-8.9z'],
  },
  authorizeUrl: 'https://x.com/i/oauth2/authorize',
  accessTokenUrl: 'https://api.x.com/2/oauth2/token',
  revokeUrl: 'https://api.x.com/2/oauth2/revoke',
  apiBaseUrl: 'https://api.x.com/2/',
  userinfoUrl: 'users/me?user.fields=profile_image_url,confirmed_email',
  scopes: ['users.read', 'tweet.read', 'users.email', 'offline.access'],
  profile: {
    claims: {
      sub: 'data.id',
      name: 'data.name',
      preferred_username: 'data.username',
      picture: 'data.profile_image_url',
      email: 'data.confirmed_email',
      email_verified: { constant: true },
    },
  },
};
