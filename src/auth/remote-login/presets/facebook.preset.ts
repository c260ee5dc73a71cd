import type { Preset } from './preset.js';

/** Facebook: OAuth 2; its addresses are not taken for verified, and there are no refresh tokens. */
export const preset: Preset = {
  label: 'Facebook',
  mark: {
    viewBox: '0 0 24 24',
    paths: ['M13.5 22v-9h3.2l.6-3.7h-3.8V7c0-1.2.5-1.9 2-1.9h1.8V2h-3c-3 0-4.7 1.8-4.7 4.7v2.6H6.5V13h3.1v9z'],
  },
  issuer: 'https://www.facebook.com',
  authorizeUrl: 'https://www.facebook.com/v24.0/dialog/oauth',
  accessTokenUrl: 'https://graph.facebook.com/v24.0/oauth/access_token',
  apiBaseUrl: 'https://graph.facebook.com/v24.0/',
  userinfoUrl: 'me?fields=id,name,first_name,middle_name,last_name,picture',
  scopes: ['public_profile'],
  scopeSeparator: ',',
  clientAuthentication: 'client_secret_post',
  profile: {
    claims: {
      sub: 'id',
      name: 'name',
      given_name: 'first_name',
      middle_name: 'middle_name',
      family_name: 'last_name',
      picture: 'picture.data.url',
    },
  },
};
