import type { Preset } from './preset.js';

const WANTED = { email: null, email_verified: null, picture: null, preferred_username: null };

/** Twitch: OpenID Connect by discovery; claims come only where they are asked for one by one. */
export const preset: Preset = {
  label: 'Twitch',
  issuer: 'https://id.twitch.tv/oauth2',
  apiBaseUrl: 'https://api.twitch.tv/helix/',
  scopes: ['openid', 'user:read:email'],
  clientAuthentication: 'client_secret_post',
  authorizeParams: { claims: JSON.stringify({ id_token: WANTED, userinfo: WANTED }) },
};
