import type { Preset } from './preset.js';

/** Keycloak: OpenID Connect by discovery. The issuer is that of the realm: `https://id.example.com/realms/name`. */
export const preset: Preset = {
  label: 'Keycloak',
  mark: { viewBox: '0 0 24 24', paths: ['M7 3h10l5 9-5 9H7l-5-9zm2 4l-3 5 3 5h6l3-5-3-5z'] },
  scopes: ['openid', 'email', 'profile'],
};
