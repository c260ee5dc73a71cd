import type { Preset } from './preset.js';

/** Slack: OpenID Connect by discovery. */
export const preset: Preset = {
  label: 'Slack',
  issuer: 'https://slack.com',
  apiBaseUrl: 'https://slack.com/api/',
  scopes: ['openid', 'email', 'profile'],
};
