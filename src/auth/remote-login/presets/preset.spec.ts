import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapClaims } from '../profile/map-claims.js';
import type { LoginProtocolHandler } from '../protocols/login-protocol.js';
import { completeOAuth2App } from '../protocols/oauth2/oauth2-app.js';
import { completeOidcApp } from '../protocols/oidc/oidc-app.js';
import { completeRemoteApp } from '../settings/complete-remote-app.js';
import { findPreset, presetNames } from './preset.js';

const PROTOCOLS = new Map<string, Pick<LoginProtocolHandler, 'complete'>>([
  ['oauth2', { complete: completeOAuth2App }],
  ['oidc', { complete: completeOidcApp }],
]);

/** User info in the shape that each provider documents, and what it comes to. */
const PROFILES: readonly (readonly [preset: string, userinfo: object, claims: object])[] = [
  [
    'bitbucket',
    {
      uuid: '{5a1f}',
      display_name: 'Ada',
      nickname: 'ada',
      links: { avatar: { href: 'https://a.test/p' }, html: { href: 'https://a.test/ada' } },
    },
    {
      sub: '{5a1f}',
      name: 'Ada',
      preferred_username: 'ada',
      picture: 'https://a.test/p',
      profile: 'https://a.test/ada',
    },
  ],
  [
    'discord',
    { id: '80351110224678912', username: 'ada', global_name: null, email: 'ada@example.com', verified: true },
    {
      sub: '80351110224678912',
      name: 'ada',
      preferred_username: 'ada',
      email: 'ada@example.com',
      email_verified: true,
    },
  ],
  [
    'spotify',
    { id: 'ada', display_name: 'Ada', images: [], external_urls: { spotify: 'https://open.spotify.com/user/ada' } },
    { sub: 'ada', name: 'Ada', profile: 'https://open.spotify.com/user/ada' },
  ],
  [
    'x',
    { data: { id: '2244994945', name: 'Ada', username: 'ada', confirmed_email: 'ada@example.com' } },
    {
      sub: '2244994945',
      name: 'Ada',
      preferred_username: 'ada',
      email: 'ada@example.com',
      email_verified: true,
    },
  ],
  [
    'yandex',
    { id: '1000034426', login: 'ada', display_name: '', real_name: 'Ada L', default_email: 'ada@yandex.example' },
    { sub: '1000034426', name: '', preferred_username: 'ada' },
  ],
  [
    'reddit',
    { id: 'abc12', name: 'ada', icon_img: 'https://a.test/i' },
    { sub: 'abc12', name: 'ada', preferred_username: 'ada', picture: 'https://a.test/i' },
  ],
];

const KEY = String(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);

/** The cells of each line of the table of presets. */
const LINES = readFileSync(join(import.meta.dirname, '../../../../docs/providers.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1),
  );

describe('presets', () => {
  it.each(presetNames())(
    'The preset %s needs what docs/providers.md says and nothing else on a server with https',
    async (name) => {
      const [, needs = ''] = LINES.find(([first]) => first === `\`${name}\``) ?? [];
      const given = {
        clientId: 'id',
        ...(needs.includes('secret') && { clientSecret: 'secret' }),
        ...(needs.includes('_ISSUER') && { issuer: 'https://id.example.com' }),
        ...(needs.includes('_PRIVATE_KEY') && { privateKey: KEY, keyId: 'k', teamId: 't' }),
      };
      const completed = await completeRemoteApp({ name, ...given }, false, PROTOCOLS);
      expect(completed).toEqual({ app: expect.objectContaining({ name, label: expect.any(String) }) });
    },
  );

  it.each(PROFILES)('The preset %s reads %j', async (name, userinfo, claims) => {
    expect(mapClaims(userinfo, (await findPreset(name))?.profile?.claims ?? {})).toEqual(claims);
  });

  it('The preset bitbucket takes the primary address where it is confirmed', async () => {
    const read = (await findPreset('bitbucket'))?.profile?.extraCalls?.[0]?.read ?? (() => ({}));
    const primary = { email: 'ada@example.com', is_primary: true, is_confirmed: true };
    expect(read({ values: [{ email: 'other@example.com', is_primary: false, is_confirmed: true }, primary] })).toEqual({
      email: 'ada@example.com',
      email_verified: true,
    });
    for (const answer of [null, [], 'text', { values: [null, { ...primary, is_confirmed: false }] }]) {
      expect(read(answer)).toEqual({});
    }
  });

  it('Presets are the files of their folder, each with a line in docs/providers.md, and loaded one by one', () => {
    expect(LINES.map(([name]) => name)).toEqual(presetNames().map((name) => `\`${name}\``));
  });

  it.each(presetNames())('Presets have everything but credentials in the file of %s', async (name) => {
    expect(await findPreset(name)).toMatchObject({ label: expect.any(String), scopes: expect.any(Array) });
  });

  it.each(['preset', '../profile/profile-map', 'githab', ''])(
    'Presets are not found by the name "%s"',
    async (name) => {
      expect(await findPreset(name)).toBeUndefined();
    },
  );
});
