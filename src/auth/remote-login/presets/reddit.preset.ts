import type { Preset } from './preset.js';

/** Reddit: OAuth 2, without an address. Tokens refresh only where the end user was asked for a permanent grant. */
export const preset: Preset = {
  label: 'Reddit',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M12 8c5 0 9 2.7 9 6.5S17 21 12 21s-9-2.7-9-6.5S7 8 12 8zm-3.5 4.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3zm7 0a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3z',
      'M11.3 8l1.3-5 4 1-.3 1.3-2.7-.7-.9 3.4z',
    ],
  },
  authorizeUrl: 'https://www.reddit.com/api/v1/authorize',
  accessTokenUrl: 'https://www.reddit.com/api/v1/access_token',
  apiBaseUrl: 'https://oauth.reddit.com/api/v1/',
  userinfoUrl: 'me',
  scopes: ['identity'],
  authorizeParams: { duration: 'permanent' },
  profile: { claims: { sub: 'id', name: 'name', preferred_username: 'name', picture: 'icon_img' } },
};
