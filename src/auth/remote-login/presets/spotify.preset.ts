import type { Preset } from './preset.js';

/** Spotify: OAuth 2; its addresses are not verified. */
export const preset: Preset = {
  label: 'Spotify',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zM6 8.5c4-1.2 9-.8 12.5 1.2l-1 1.7C14.5 9.7 10 9.3 6.5 10.3zm.5 3.6c3.5-1 7.5-.6 10.5 1.1l-.9 1.5c-2.6-1.5-6-1.8-9.1-.9zm.5 3.4c3-.8 6-.5 8.5.9l-.8 1.3c-2.1-1.2-4.7-1.4-7.2-.8z',
    ],
  },
  authorizeUrl: 'https://accounts.spotify.com/authorize',
  accessTokenUrl: 'https://accounts.spotify.com/api/token',
  apiBaseUrl: 'https://api.spotify.com/v1/',
  userinfoUrl: 'me',
  scopes: ['user-read-email', 'user-read-private'],
  profile: {
    claims: { sub: 'id', name: 'display_name', picture: 'images.0.url', profile: 'external_urls.spotify' },
  },
};
