import type { Preset } from './preset.js';

const WANTED = { email: null, email_verified: null, picture: null, preferred_username: null };

/** Twitch: OpenID Connect by discovery; claims come only where they are asked for one by one. */
export const preset: Preset = {
  label: 'Twitch',
  mark: {
    viewBox: '0 0 24 24',
    paths: ['M4 2h17v12l-5 5h-4l-3 3H7v-3H3V6zm2 2v11h4v2.5L12.5 15H17l2-2V4z', 'M10.5 7h2v5h-2z', 'M15 7h2v5h-2z'],
  },
  issuer: 'https://id.twitch.tv/oauth2',
  apiBaseUrl: 'https://api.twitch.tv/helix/',
  scopes: ['openid', 'user:read:email'],
  clientAuthentication: 'client_secret_post',
  authorizeParams: { claims: JSON.stringify({ id_token: WANTED, userinfo: WANTED }) },
};
