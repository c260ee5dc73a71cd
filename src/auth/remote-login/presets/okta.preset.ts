import type { Preset } from './preset.js';

/** Okta: OpenID Connect by discovery. The issuer is that of the organization or of a server of its own in it. */
export const preset: Preset = {
  label: 'Okta',
  mark: {
    viewBox: '0 0 24 24',
    paths: ['M12 2a10 10 0 1 0 0 20a10 10 0 1 0 0-20zm0 5a5 5 0 1 1 0 10a5 5 0 1 1 0-10z'],
  },
  scopes: ['openid', 'email', 'profile'],
};
