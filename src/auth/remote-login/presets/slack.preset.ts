import type { Preset } from './preset.js';

/** Slack: OpenID Connect by discovery. */
export const preset: Preset = {
  label: 'Slack',
  mark: { viewBox: '0 0 24 24', paths: ['M8.5 2h3v8h-3z', 'M14 8.5h8v3h-8z', 'M12.5 14h3v8h-3z', 'M2 12.5h8v3H2z'] },
  issuer: 'https://slack.com',
  apiBaseUrl: 'https://slack.com/api/',
  scopes: ['openid', 'email', 'profile'],
};
