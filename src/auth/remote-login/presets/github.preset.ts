import type { StandardClaims } from '../../../users/user/user.js';
import type { Preset } from './preset.js';

/** GitHub: OAuth 2 with a REST API; the public e-mail is often absent, so the list of addresses is asked for as well. */
export const preset: Preset = {
  label: 'GitHub',
  issuer: 'https://github.com/login/oauth',
  authorizeUrl: 'https://github.com/login/oauth/authorize',
  accessTokenUrl: 'https://github.com/login/oauth/access_token',
  apiBaseUrl: 'https://api.github.com/',
  userinfoUrl: 'user',
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
    extraCall: { url: 'user/emails', read: verifiedPrimaryEmail },
  },
};

/** Reads the primary address out of `[{"email", "primary", "verified"}]`, if GitHub has verified that address. */
function verifiedPrimaryEmail(answer: unknown): StandardClaims {
  const addresses: Record<string, unknown>[] = Array.isArray(answer) ? answer : [];
  const primary = addresses.find((address) => address?.primary === true && address.verified === true);
  return primary === undefined ? {} : { email: primary.email, email_verified: true };
}
