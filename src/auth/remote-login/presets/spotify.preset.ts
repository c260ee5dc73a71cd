import type { Preset } from './preset.js';

/** Spotify: OAuth 2; its addresses are not verified. */
export const preset: Preset = {
  label: 'Spotify',
  authorizeUrl: 'https://accounts.spotify.com/authorize',
  accessTokenUrl: 'https://accounts.spotify.com/api/token',
  apiBaseUrl: 'https://api.spotify.com/v1/',
  userinfoUrl: 'me',
  scopes: ['user-read-email', 'user-read-private'],
  profile: {
    claims: { sub: 'id', name: 'display_name', picture: 'images.0.url', profile: 'external_urls.spotify' },
  },
};
