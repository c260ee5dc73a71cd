import { gzipSync } from 'node:zlib';
import { type ComplianceHooks, type Members, RemoteAppRegistry, type RemoteAppSettings } from 'gatehouse';
import { ProviderProfileModule } from '../../examples/provider-profile/provider-profile.module.js';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOAuth1Provider } from '../support/fake-oauth1-provider.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import type { FakeAnswer, FakeRequest, FakeServer } from '../support/fake-server.js';
import { withTimeLimit } from '../support/outgoing.js';
import { RefreshingProvider } from '../support/refreshing-provider.js';
import { signInAt, traces } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';

const json = { 'content-type': 'application/json' };
const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);

/** Bodies that are no answer of any endpoint. */
const BODIES: readonly (readonly [what: string, answer: FakeAnswer])[] = [
  ['nothing', { body: '' }],
  ['no content', { status: 204 }],
  ['a status alone', { status: 500 }],
  ['a teapot', { status: 418, body: { error: { message: 'short and stout' } } }],
  ['a redirect', { status: 302, headers: { location: 'http://localhost:1/' } }],
  ['not modified', { status: 304 }],
  ['a status that nobody knows', { status: 999, body: '{}' }],
  ['a challenge', { status: 401, headers: { 'www-authenticate': 'Bearer error="x", =,,"' }, body: '{' }],
  ['null', { headers: json, body: 'null' }],
  ['a number', { headers: json, body: '-1e999' }],
  ['true', { headers: json, body: 'true' }],
  ['a text', { headers: json, body: '"access_token"' }],
  ['a list', { headers: json, body: '[]' }],
  ['a list of null', { headers: json, body: '[null]' }],
  ['an empty object', { headers: json, body: '{}' }],
  ['half an object', { headers: json, body: '{"access_token":"a' }],
  ['a prototype', { headers: json, body: '{"__proto__":{"access_token":"a","sub":"b","keys":[]},"constructor":{}}' }],
  ['HTML', { headers: { 'content-type': 'text/html' }, body: '<!doctype html><script>alert(1)</script>' }],
  ['invalid UTF-8', { headers: json, body: Buffer.from('7b22737562223a22ff c0af22'.replace(' ', ''), 'hex') }],
  ['a NUL', { headers: json, body: '\u0000' }],
  ['lists in lists', { headers: json, body: deep('[', ']') }],
  ['objects in objects', { headers: json, body: deep('{"a":', '}') }],
  ['two megabytes', { headers: json, body: JSON.stringify({ access_token: 'x'.repeat(2_000_000) }) }],
  [
    'a gzip bomb',
    {
      headers: { ...json, 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ sub: ' '.repeat(20_000_000) })),
    },
  ],
  ['broken percent-encoding', { body: 'oauth_token=%zz&oauth_token_secret=%ff' }],
];

/** True for an `exp` in the past; the time at which an id_token was issued may be any (OpenID Connect Core section 2). */
function isOver(claim: string, value: unknown): boolean {
  return claim === 'exp' && Number(value) < 1e9;
}

/** Values that stand where a text, a number or a list is expected. */
const VALUES: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '<img src=x onerror=alert(1)>',
  'x'.repeat(100_000),
  [],
  [null],
  {},
  { a: { a: {} } },
  { toString: null, length: -1 },
];

describe('An answer of a provider that is none', () => {
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
    app = await TestApp.start();
  });
  afterAll(async () => {
    await app?.stop();
    await Promise.all([oidc?.stop(), github?.stop(), oauth1?.stop()]);
  });
  beforeEach(() => {
    for (const provider of [oidc, github, oauth1]) provider.reset();
  });

  const providers = {
    oidc: () => ({ server: oidc.server, settings: oidc.settings(`oidc${count}`) }),
    oauth2: () => ({ server: github.server, settings: { ...github.settings(`hub${count}`), preset: 'github' } }),
    oauth1: () => ({ server: oauth1.server, settings: oauth1.settings(`old${count}`) }),
  };

  /** Signs in at a provider that nobody has signed in at before, so that nothing of it is remembered. */
  async function signInAnew(settings: RemoteAppSettings): Promise<Page> {
    const { name } = await app.port(RemoteAppRegistry).register(settings);
    const browser = app.browser();
    const start = await browser.get(`/auth/${name}`);
    return start.status === 302 ? arriveFrom(browser, start) : start;
  }

  async function arriveFrom(browser: TestBrowser, start: Page): Promise<Page> {
    const answer = await fetch(start.location?.href ?? '', { redirect: 'manual' });
    return browser.get(answer.headers.get('location') ?? '');
  }

  /** What went wrong for each of these answers on one path: a page that is none of ours, or a session. */
  async function faultsOf(
    protocol: keyof typeof providers,
    path: string,
    answers: readonly (readonly [what: string, answer: (server: FakeServer) => FakeAnswer | Promise<FakeAnswer>])[],
    mayLetIn = false,
  ): Promise<string[]> {
    const faults: string[] = [];
    for (const [what, answer] of answers) {
      count += 1;
      const { server, settings } = providers[protocol]();
      const honest = server.routes.get(path);
      server.routes.set(path, () => answer(server));
      const before = await traces(app);
      const page = await signInAnew(settings);
      if (honest) server.routes.set(path, honest);
      const isOurs = [400, 403, 409, 502, 504].includes(page.status) && /<code>\w+<\/code>/.test(page.html);
      const isLetIn = page.status === 303;
      if (!isOurs && !(isLetIn && mayLetIn)) faults.push(`${what}: ${page.status} ${page.html.slice(0, 300)}`);
      if (/<script>alert|<img src=x/.test(page.html)) faults.push(`${what}: is shown as it is`);
      if (isOurs) expect([what, await traces(app)]).toEqual([what, before]);
    }
    return faults;
  }

  const PLACES = [
    ['oauth2', '/login/oauth/access_token'],
    ['oauth2', '/user'],
    ['oidc', '/.well-known/openid-configuration'],
    ['oidc', '/token'],
    ['oidc', '/jwks'],
    ['oauth1', '/request_token'],
    ['oauth1', '/access_token'],
    ['oauth1', '/me.json'],
  ] as const;

  it.each(PLACES)('An answer that is none makes no session and no 500, with %s at %s', async (protocol, path) => {
    expect(
      await faultsOf(
        protocol,
        path,
        BODIES.map(([what, answer]) => [what, () => answer] as const),
      ),
    ).toEqual([]);
  });

  it('An answer that is none at the user info of OpenID Connect makes no 500, and the id_token counts where it is refused', async () => {
    const refusals = BODIES.filter(([, { status = 200 }]) => status >= 400 && status < 500);
    const others = BODIES.filter((each) => !refusals.includes(each));
    const answers = (bodies: typeof BODIES) => bodies.map(([what, answer]) => [what, () => answer] as const);
    expect(await faultsOf('oidc', '/userinfo', answers(others))).toEqual([]);
    expect(await faultsOf('oidc', '/userinfo', answers(refusals), true)).toEqual([]);
  });

  it('An answer that is none at a further call makes no 500', async () => {
    const links = [
      '<',
      '<>; rel=next',
      '<http://[>; rel="next"',
      '<javascript:1>; rel="next"',
      '</user/emails>; rel="next"',
    ];
    const pages = links.map((link) => [`link ${link}`, { headers: { ...json, link }, body: '[]' }] as const);
    const answers = [...BODIES, ...pages].map(([what, answer]) => [what, () => answer] as const);
    expect(await faultsOf('oauth2', '/user/emails', answers, true)).toEqual([]);
  });

  it.each([...PLACES, ['oidc', '/userinfo'], ['oauth2', '/user/emails']] as const)(
    'An answer that never comes, or never to its end, makes no session and is given up on in time, with %s at %s',
    async (protocol, path) => {
      const never = [
        ['never', () => new Promise<never>(() => {})],
        ['never to its end', () => ({ headers: { ...json, 'content-length': '5000' }, body: '{"access_token":"a"' })],
      ] as const;
      expect(await withTimeLimit(app, 0.3, () => faultsOf(protocol, path, never))).toEqual([]);
    },
  );

  const MEMBERS = [
    [
      'oauth2',
      '/login/oauth/access_token',
      { access_token: 'a', token_type: 'bearer' },
      ['access_token', 'token_type', 'scope', 'expires_in', 'refresh_token', 'error', 'error_description'],
    ],
    ['oauth2', '/user', { id: 5, login: 'a' }, ['id', 'login', 'name', 'avatar_url', 'html_url', 'blog']],
    [
      'oidc',
      '/token',
      { access_token: 'a', token_type: 'bearer', id_token: 'x.y.z' },
      ['access_token', 'token_type', 'scope', 'expires_in', 'refresh_token', 'id_token', 'error', 'error_description'],
    ],
    ['oidc', '/userinfo', { sub: 'end-user-1' }, ['sub', 'name', 'email', 'email_verified', 'address', 'auth_time']],
    ['oidc', '/jwks', { keys: [] }, ['keys']],
    [
      'oauth1',
      '/request_token',
      { oauth_token: 'a', oauth_token_secret: 'b', oauth_callback_confirmed: 'true' },
      ['oauth_token', 'oauth_token_secret', 'oauth_callback_confirmed', 'oauth_problem', 'error'],
    ],
    [
      'oauth1',
      '/access_token',
      { oauth_token: 'a', oauth_token_secret: 'b' },
      ['oauth_token', 'oauth_token_secret', 'oauth_problem'],
    ],
    ['oauth1', '/me.json', { id: 1 }, ['id', 'name', 'sub', 'email']],
  ] as const;

  it.each(MEMBERS)('A member of a wrong kind makes no 500, with %s at %s', async (protocol, path, honest, names) => {
    const bodies = names.flatMap((name) =>
      VALUES.map((value) => [`${name} ${JSON.stringify(value).slice(0, 40)}`, { ...honest, [name]: value }] as const),
    );
    expect(
      await faultsOf(
        protocol,
        path,
        bodies.map(([what, body]) => [what, () => ({ body })] as const),
        true,
      ),
    ).toEqual([]);
  });

  it('A member of a wrong kind in the metadata of a provider makes no 500', async () => {
    const names = Object.keys(oidc.metadata);
    const bodies = names.flatMap((name) =>
      VALUES.map(
        (value) => [`${name} ${JSON.stringify(value).slice(0, 40)}`, { ...oidc.metadata, [name]: value }] as const,
      ),
    );
    const answers = bodies.map(([what, body]) => [what, () => ({ body })] as const);
    expect(await faultsOf('oidc', '/.well-known/openid-configuration', answers, true)).toEqual([]);
  });

  it('A claim of a wrong kind in an id_token makes no 500, and no session where it names nobody', async () => {
    const names = ['iss', 'sub', 'aud', 'exp', 'iat', 'nbf', 'nonce', 'azp', 'auth_time', 'at_hash', 'name', 'email'];
    const faults: string[] = [];
    for (const name of names) {
      for (const value of VALUES) {
        oidc.claims = (claims) => ({ ...claims, [name]: value });
        const what = `${name} ${JSON.stringify(value).slice(0, 40)}`;
        const isNumber = ['exp', 'iat'].includes(name) && typeof value === 'number';
        const mayLetIn =
          !['iss', 'sub', 'aud', 'exp', 'iat', 'nonce'].includes(name) || (isNumber && !isOver(name, value));
        const honest = oidc.server.routes.get('/userinfo');
        const same = [[what, () => (honest ? honest(oidc.server.requests[0] as FakeRequest) : {})] as const];
        faults.push(...(await faultsOf('oidc', '/userinfo', same, mayLetIn)));
      }
    }
    expect(faults).toEqual([]);
  });

  it('A key of a wrong kind among those of a provider makes no session and no 500', async () => {
    const keys = [
      ...VALUES,
      { kty: 'oct', k: 'c2VjcmV0', kid: '1', alg: 'HS256' },
      { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: '1', alg: 'RS256' },
      { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA', kid: '1' },
      { kty: 'RSA', n: 5, e: null, kid: '1', alg: 'RS256' },
    ];
    const answers = keys.map((key) => [JSON.stringify(key).slice(0, 60), () => ({ body: { keys: [key] } })] as const);
    expect(await faultsOf('oidc', '/jwks', answers)).toEqual([]);
  });

  it('A hook of a remote app that an answer takes unawares makes no session and no 500', async () => {
    const broken: readonly ComplianceHooks[] = [
      { accessTokenResponse: ({ data }) => data as Members },
      { accessTokenResponse: ({ data }) => ({ ...(data as { tokens: Members }).tokens }) },
      { userinfoResponse: ({ data }) => data as Members },
      { userinfoResponse: ({ data }) => ({ sub: (data as { id: string }).id }) },
      { callbackParameters: ({ data }) => ({ code: (data as unknown as { code: string }).code }) },
      { callbackParameters: () => undefined as unknown as Record<string, string> },
    ];
    for (const protocol of ['oidc', 'oauth2', 'oauth1'] as const) {
      for (const compliance of broken) {
        if (protocol === 'oauth1' && compliance.accessTokenResponse) continue;
        count += 1;
        const before = await traces(app);
        const page = await signInAnew({ ...providers[protocol]().settings, compliance });
        expect([protocol, String(Object.values(compliance)), page.status]).toEqual([
          protocol,
          String(Object.values(compliance)),
          page.status === 400 ? 400 : 502,
        ]);
        expect(await traces(app)).toEqual(before);
      }
    }
  });
});

describe('A stored token whose provider gives no proper answer', () => {
  let provider: FakeOidcProvider;
  let tokens: RefreshingProvider;
  let app: TestApp;
  let browser: TestBrowser;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    tokens = new RefreshingProvider(provider);
    app = await TestApp.start({ remoteApps: [tokens.settings], extensions: [ProviderProfileModule] });
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });
  beforeEach(async () => {
    provider.reset();
    tokens = new RefreshingProvider(provider);
    browser = app.browser();
    expect((await signInAt(browser, '/auth/corp')).status).toBe(303);
  });

  it('A refresh that is answered by nonsense is tried again later or asks for a sign-in, and never answers 500', async () => {
    const faults: string[] = [];
    for (const [what, answer] of BODIES) {
      await signInAt(browser, '/auth/corp');
      tokens.refusal = () => answer;
      const page = await browser.get('/profile');
      tokens.refusal = undefined;
      if (page.status !== 503 && page.status !== 403) faults.push(`${what}: ${page.status} ${page.html.slice(0, 200)}`);
    }
    expect(faults).toEqual([]);
  });

  it('A member of a wrong kind in the answer to a refresh never makes a 500', async () => {
    const faults: string[] = [];
    for (const name of ['access_token', 'refresh_token', 'expires_in', 'scope', 'token_type', 'error']) {
      for (const value of VALUES) {
        await signInAt(browser, '/auth/corp');
        tokens.refusal = () => ({ body: { access_token: 'a', token_type: 'bearer', [name]: value } });
        const { status } = await browser.get('/profile');
        tokens.refusal = undefined;
        if (![200, 403, 502, 503].includes(status))
          faults.push(`${name} ${JSON.stringify(value).slice(0, 40)}: ${status}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('The page of what a provider says now never answers 500, whatever it says', async () => {
    const faults: string[] = [];
    for (const [what, answer] of BODIES) {
      provider.server.routes.set('/userinfo', () => answer);
      const { status } = await browser.get('/profile/corp');
      if (![200, 403, 502, 503].includes(status)) faults.push(`${what}: ${status}`);
    }
    expect(faults).toEqual([]);
  });
});
