import type { Preset } from './preset.js';

/** Weibo: OAuth 2; the token and the user's id, which comes with it, stand in the address of user info. No addresses. */
export const preset: Preset = {
  label: 'Weibo',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M10 7c4 0 8 2.5 8 6.5S14 20 10 20s-8-2.5-8-6.5S6 7 10 7zm0 4a3.5 3 0 1 0 0 6a3.5 3 0 1 0 0-6z',
      'M15 3c4-.5 7 2.5 6.5 6.5h-2C19.8 7 17.7 4.8 15 5z',
    ],
  },
  authorizeUrl: 'https://api.weibo.com/oauth2/authorize',
  accessTokenUrl: 'https://api.weibo.com/oauth2/access_token',
  apiBaseUrl: 'https://api.weibo.com/2/',
  userinfoUrl: 'users/show.json?uid={uid}',
  scopes: [],
  scopeSeparator: ',',
  clientAuthentication: 'client_secret_post',
  tokenPlacement: 'query',
  profile: {
    claims: {
      sub: ['idstr', 'id'],
      name: ['name', 'screen_name'],
      preferred_username: 'screen_name',
      picture: 'profile_image_url',
    },
  },
};
