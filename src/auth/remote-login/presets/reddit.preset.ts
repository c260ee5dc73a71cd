import type { Preset } from './preset.js';

/** Reddit: OAuth 2, without an address. Tokens refresh only where the end user was asked for a permanent grant. */
export const preset: Preset = {
  label: 'Reddit',
  authorizeUrl: 'https://www.reddit.com/api/v1/authorize',
  accessTokenUrl: 'https://www.reddit.com/api/v1/access_token',
  apiBaseUrl: 'https://oauth.reddit.com/api/v1/',
  userinfoUrl: 'me',
  scopes: ['identity'],
  authorizeParams: { duration: 'permanent' },
  profile: { claims: { sub: 'id', name: 'name', preferred_username: 'name', picture: 'icon_img' } },
};
