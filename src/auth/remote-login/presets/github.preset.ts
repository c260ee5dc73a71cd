import type { StandardClaims } from '../../../users/user/user.js';
import type { Preset } from './preset.js';

/** GitHub: OAuth 2 with a REST API; the public e-mail is often absent, so the list of addresses is asked for as well. */
export const preset: Preset = {
  label: 'GitHub',
  mark: {
    viewBox: '0 0 24 24',
    paths: [
      'M12 2a10 10 0 0 0-3 19.5v-3.7c-2.6.5-3.4-1.3-3.4-1.3 2 .3 2.2 1 3.6.9l.4-1.3c-2.4-.4-4.4-1.5-4.4-4.8 0-1.2.4-2.2 1.1-3L6 5.6c1.6 0 2.7 1 3.1 1.3a9.5 9.5 0 0 1 5.8 0c.4-.3 1.5-1.3 3.1-1.3l-.3 2.7c.7.8 1.1 1.8 1.1 3 0 3.3-2 4.4-4.4 4.8l.6 1.6v3.8A10 10 0 0 0 12 2z',
    ],
  },
  issuer: 'https://github.com/login/oauth',
  authorizeUrl: 'https://github.com/login/oauth/authorize',
  accessTokenUrl: 'https://github.com/login/oauth/access_token',
  apiBaseUrl: 'https://api.github.com/',
  userinfoUrl: 'user',
  revokeUrl: 'https://api.github.com/applications/{client_id}/token',
  compliance: {
    // GitHub has a call of its API for that.
    revokeTokenRequest: ({ headers, form }) => ({
      method: 'DELETE',
      headers: { ...headers, 'content-type': 'application/json' },
      form,
      body: JSON.stringify({ access_token: form.token }),
    }),
  },
  scopes: ['read:user', 'user:email'],
  profile: {
    claims: {
      sub: 'id',
      name: ['name', 'login'],
      preferred_username: 'login',
      picture: 'avatar_url',
      profile: 'html_url',
      website: 'blog',
    },
    extraCalls: [{ url: 'user/emails', read: verifiedPrimaryEmail }],
  },
};

/** Reads the primary address out of `[{"email", "primary", "verified"}]`, if GitHub has verified that address. */
function verifiedPrimaryEmail(answer: unknown): StandardClaims {
  const addresses: Record<string, unknown>[] = Array.isArray(answer) ? answer : [];
  const primary = addresses.find((address) => address?.primary === true && address.verified === true);
  return primary === undefined ? {} : { email: primary.email, email_verified: true };
}
