import { gzipSync } from 'node:zlib';
import { RemoteAppRegistry } from 'gatehouse';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOAuth1Provider } from '../support/fake-oauth1-provider.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import type { FakeAnswer, FakeServer } from '../support/fake-server.js';
import { traces } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';
import type { Page } from '../support/test-browser.js';

const deep = (depth: number): string => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth);
const weird = { sub: {}, id: [], access_token: { a: 1 }, issuer: 5, keys: 'none', error: { code: [] }, name: null };
const typed = (body: string, type = 'application/json'): FakeAnswer => ({ headers: { 'content-type': type }, body });

const SHAPES: readonly (readonly [name: string, answer: FakeAnswer])[] = [
  ['a number', typed('5')],
  ['null', typed('null')],
  ['true', typed('true')],
  ['a text', typed('"text"')],
  ['a list', typed('[{"sub":"x","access_token":"x"}]')],
  ['an empty object', typed('{}')],
  ['nothing', typed('')],
  ['half an object', typed('{"access_token":"x"')],
  ['members of wrong types', typed(JSON.stringify(weird))],
  ['an object ten thousand levels deep', typed(deep(10_000))],
  ['a member of the prototype', typed('{"__proto__":{"sub":"x"},"constructor":{"prototype":1},"access_token":"x"}')],
  ['huge numbers', typed('{"sub":1e400,"id":1e400,"access_token":"x","expires_in":1e400,"auth_time":-1e99}')],
  ['a text of half a megabyte', typed(JSON.stringify({ sub: 'x'.repeat(500_000), access_token: 'x'.repeat(500_000) }))],
  ['control characters', typed('{"sub":"a\\u0000b","id":"a\\u0000b","access_token":"a\\r\\nb","name":"\\ud800"}')],
  ['HTML', typed('<!DOCTYPE html><script>alert(1)</script>', 'text/html')],
  ['gzip that nobody asked for', { headers: { 'content-encoding': 'gzip' }, body: gzipSync('{}').toString('latin1') }],
  ['status 204', { status: 204 }],
  ['status 500 with a page', { status: 500, body: '<html>broken</html>' }],
  ['status 999', { status: 999, body: '{}' }],
  ['a redirect', { status: 302, headers: { location: 'https://evil.example/' } }],
];

describe('A provider whose answers are of no shape that its protocol knows', () => {
  let oidc: FakeOidcProvider;
  let github: FakeGithub;
  let oauth1: FakeOAuth1Provider;
  let app: TestApp;
  let count = 0;
  beforeAll(async () => {
    [oidc, github, oauth1] = await Promise.all([
      FakeOidcProvider.start(),
      FakeGithub.start(),
      FakeOAuth1Provider.start(),
    ]);
    app = await TestApp.start({ remoteApps: [oidc.settings('first')] });
  });
  afterAll(async () => {
    await app?.stop();
    await oidc?.stop();
    await github?.stop();
    await oauth1?.stop();
  });

  const providers = {
    'OpenID Connect': () => ({
      server: oidc.server,
      reset: () => oidc.reset(),
      settings: (name: string) => oidc.settings(name),
    }),
    'OAuth 2': () => ({
      server: github.server,
      reset: () => github.reset(),
      settings: (name: string) => ({ ...github.settings(name), preset: 'github' }),
    }),
    'OAuth 1.0a': () => ({
      server: oauth1.server,
      reset: () => oauth1.reset(),
      settings: (name: string) => oauth1.settings(name),
    }),
  };

  /** Goes on as a browser does until the server has the last word. */
  const wholeWay = async (name: string): Promise<Page> => {
    const browser = app.browser();
    const start = await browser.get(`/auth/${name}`);
    if (start.status !== 302) return start;
    const answer = await fetch(start.location?.href ?? '', { redirect: 'manual' });
    const back = answer.headers.get('location');
    return back?.startsWith(app.url) ? browser.get(back) : start;
  };

  const fixed = (server: FakeServer, path: string, answer: FakeAnswer) => server.routes.set(path, () => answer);

  it.each<[keyof typeof providers, string]>([
    ['OpenID Connect', '/.well-known/openid-configuration'],
    ['OpenID Connect', '/jwks'],
    ['OpenID Connect', '/token'],
    ['OpenID Connect', '/userinfo'],
    ['OAuth 2', '/login/oauth/access_token'],
    ['OAuth 2', '/user'],
    ['OAuth 2', '/user/emails'],
    ['OAuth 1.0a', '/request_token'],
    ['OAuth 1.0a', '/access_token'],
    ['OAuth 1.0a', '/me.json'],
  ])(
    'A provider of %s that answers %s with anything at all is never a fault of this server, and what cannot be used leaves no trace',
    async (protocol, path) => {
      const provider = providers[protocol]();
      let refused = 0;
      for (const [shape, answer] of SHAPES) {
        provider.reset();
        count += 1;
        const { name } = await app.port(RemoteAppRegistry).register(provider.settings(`hostile-${count}`));
        const before = await traces(app);
        fixed(provider.server, path, answer);
        const page = await wholeWay(name);
        const told = { shape, status: page.status, code: /<code>(\w+)<\/code>/.exec(page.html)?.[1] };
        expect(told).not.toMatchObject({ status: 500 });
        if (page.status === 303) continue;
        refused += 1;
        expect(told).toEqual({ shape, status: expect.any(Number), code: expect.stringMatching(/^[a-z_]+$/) });
        expect([502, 504, 400, 403]).toContain(page.status);
        expect({ shape, ...(await traces(app)) }).toEqual({ shape, ...before });
      }
      provider.reset();
      // The list of addresses is the one answer that nothing depends on.
      expect(refused > 5 || path === '/user/emails').toBe(true);
    },
  );
});
