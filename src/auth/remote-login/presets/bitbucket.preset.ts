import type { StandardClaims } from '../../../users/user/user.js';
import type { Preset } from './preset.js';

/** Bitbucket Cloud: OAuth 2; the addresses are asked for apart. */
export const preset: Preset = {
  label: 'Bitbucket',
  mark: { viewBox: '0 0 24 24', paths: ['M2 3h20l-3 18H5zM9.5 15h5l1-6h-7z'] },
  authorizeUrl: 'https://bitbucket.org/site/oauth2/authorize',
  accessTokenUrl: 'https://bitbucket.org/site/oauth2/access_token',
  apiBaseUrl: 'https://api.bitbucket.org/2.0/',
  userinfoUrl: 'user',
  scopes: ['account', 'email'],
  profile: {
    claims: {
      sub: 'uuid',
      name: ['display_name', 'username'],
      preferred_username: ['username', 'nickname'],
      picture: 'links.avatar.href',
      profile: 'links.html.href',
    },
    extraCalls: [{ url: 'user/emails', read: confirmedPrimaryEmail }],
  },
};

/** Reads the primary address out of `{"values": [{"email", "is_primary", "is_confirmed"}]}`, if it is confirmed. */
function confirmedPrimaryEmail(answer: unknown): StandardClaims {
  const { values } = Object(answer) as { values?: unknown };
  const addresses: Record<string, unknown>[] = Array.isArray(values) ? values : [];
  const primary = addresses.find((address) => address?.is_primary === true && address.is_confirmed === true);
  return primary === undefined ? {} : { email: primary.email, email_verified: true };
}
