import type { Preset } from './preset.js';

/** Dropbox: OAuth 2; user info is a POST without a body, and tokens refresh where access offline was asked for. */
export const preset: Preset = {
  label: 'Dropbox',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M7 3l5 3.5-5 3.5-5-3.5z',
      'M17 3l5 3.5-5 3.5-5-3.5z',
      'M7 10.5l5 3.5-5 3.5-5-3.5z',
      'M17 10.5l5 3.5-5 3.5-5-3.5z',
      'M12 15.5l4 2.8-4 2.7-4-2.7z',
    ],
  },
  authorizeUrl: 'https://www.dropbox.com/oauth2/authorize',
  accessTokenUrl: 'https://api.dropboxapi.com/oauth2/token',
  apiBaseUrl: 'https://api.dropboxapi.com/2/',
  userinfoUrl: 'users/get_current_account',
  userinfoMethod: 'POST',
  scopes: ['account_info.read'],
  authorizeParams: { token_access_type: 'offline' },
  profile: {
    claims: {
      sub: 'account_id',
      name: 'name.display_name',
      given_name: 'name.given_name',
      family_name: 'name.surname',
      email: 'email',
      email_verified: 'email_verified',
      picture: 'profile_photo_url',
      locale: 'locale',
    },
  },
};
