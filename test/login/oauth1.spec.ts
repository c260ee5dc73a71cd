import { FakeOAuth1Provider } from '../support/fake-oauth1-provider.js';
import type { FakeAnswer } from '../support/fake-server.js';
import { findLink } from '../support/linked-accounts.js';
import { expectFailurePage, leaveFor, signedInAs, signInAt, traces } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

const METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'RSA-SHA256', 'PLAINTEXT'] as const;
const PLACES = ['header', 'body', 'query'] as const;
const WAYS = METHODS.flatMap((method) => PLACES.map((place) => [method, place] as const));
const nameOf = (method: string, place: string) => `${method}-${place}`.toLowerCase();

let provider: FakeOAuth1Provider;
let app: TestApp;

beforeAll(async () => {
  provider = await FakeOAuth1Provider.start();
  const { rsaKey } = provider;
  app = await TestApp.start({
    remoteApps: [
      { ...provider.settings('bird'), label: 'Bird', realm: 'the "realm"', authorizeParams: { force_login: 'true' } },
      { ...provider.settings('said'), userinfoUrl: '', profile: { claims: { sub: 'user_id' } } },
      ...WAYS.map(([signatureMethod, signatureType]) => ({
        ...provider.settings(nameOf(signatureMethod, signatureType)),
        signatureMethod,
        signatureType,
        rsaKey,
      })),
    ],
  });
});
afterAll(async () => {
  await app?.stop();
  await provider?.stop();
});
beforeEach(() => {
  provider.reset();
  endUsers += 1;
  provider.endUser = { id: endUsers, name: `End user ${endUsers}` };
});
let endUsers = 0;

describe('signing in with OAuth 1.0a', () => {
  it('A sign-in with OAuth 1.0a goes by temporary credentials, and keeps the tokens with their secret (RFC 5849 2)', async () => {
    const browser = app.browser();
    const start = await browser.get('/auth/bird?return_to=%2Faccount');
    expect(start.location?.searchParams.get('force_login')).toBe('true');
    const page = await browser.get(await leaveFor(browser, '/auth/bird?return_to=%2Faccount'));
    expect([page.status, page.headers.get('location'), provider.refusals]).toEqual([303, '/account', []]);
    expect(await signedInAs(browser)).toBe(`End user ${endUsers}`);
    expect(await findLink(app, String(endUsers))).toMatchObject({
      issuer: `${provider.server.url}/authorize`,
      provider: 'bird',
    });
    const asked = provider.server.requests.filter(({ url }) => url.pathname === '/me.json');
    expect(asked.at(-1)?.headers.authorization).toMatch(
      /^OAuth realm="the \\"realm\\"", oauth_consumer_key="consumer%20key%2F%2B%26"/,
    );
  });

  it.each(WAYS)('A sign-in with OAuth 1.0a is signed by %s in the %s', async (method, place) => {
    const page = await signInAt(app.browser(), `/auth/${nameOf(method, place)}`);
    expect([page.status, provider.refusals]).toEqual([303, []]);
  });

  it('A sign-in with OAuth 1.0a needs no user info where the token response says who it is', async () => {
    expect((await signInAt(app.browser(), '/auth/said')).status).toBe(303);
    expect(await findLink(app, 'said-by-the-token')).toMatchObject({ provider: 'said' });
  });

  it('A sign-in with OAuth 1.0a lets two tabs of one browser finish in either order', async () => {
    const browser = app.browser();
    const first = await leaveFor(browser, '/auth/bird?return_to=%2Ffirst');
    const second = await leaveFor(browser, '/auth/bird?return_to=%2Fsecond');
    expect((await browser.get(second)).headers.get('location')).toBe('/second');
    expect((await browser.get(first)).headers.get('location')).toBe('/first');
  });
});

describe('a sign-in with OAuth 1.0a that fails ends on a page and makes nothing', () => {
  let before: Awaited<ReturnType<typeof traces>>;
  beforeEach(async () => {
    before = await traces(app);
  });
  afterEach(async () => expect(await traces(app)).toEqual(before));

  it.each([
    { denied: 'token' },
    { oauth_token: 'token', oauth_problem: 'user_refused' },
    { oauth_token: 'token', error: 'access_denied' },
  ])('A sign-in with OAuth 1.0a that the end user declines says so, also by %j', async (answer) => {
    provider.response = ({ oauth_token = '' }) =>
      Object.fromEntries(
        Object.entries(answer).map(([name, value]) => [name, value === 'token' ? oauth_token : value]),
      );
    expectFailurePage(await signInAt(app.browser(), '/auth/bird'), 403, 'access_denied', 'declined at Bird');
  });

  it('A sign-in with OAuth 1.0a takes no answer that another browser asked for, nor one with another token', async () => {
    const callback = await leaveFor(app.browser(), '/auth/bird');
    expectFailurePage(await app.browser().get(callback), 400, 'flow_unknown', '');
    const browser = app.browser();
    const own = new URL(await leaveFor(browser, '/auth/bird'));
    own.searchParams.set('oauth_token', new URL(callback).searchParams.get('oauth_token') ?? '');
    expectFailurePage(await browser.get(own.href), 400, 'flow_unknown', '');
  });

  it('A sign-in with OAuth 1.0a refuses the verifier of another flow, and an answer without one', async () => {
    const browser = app.browser();
    const [one, other] = [
      new URL(await leaveFor(browser, '/auth/bird')),
      new URL(await leaveFor(browser, '/auth/bird')),
    ];
    one.searchParams.set('oauth_verifier', other.searchParams.get('oauth_verifier') ?? '');
    expectFailurePage(await browser.get(one.href), 502, 'token_refused', 'signature_invalid');
    other.searchParams.delete('oauth_verifier');
    expectFailurePage(await browser.get(other.href), 400, 'answer_incomplete', '');
  });

  it('A sign-in with OAuth 1.0a cannot be gone on with twice', async () => {
    const browser = app.browser();
    provider.server.routes.set('/access_token', () => ({ status: 401, body: 'oauth_problem=token_expired' }));
    const callback = await leaveFor(browser, '/auth/bird');
    expectFailurePage(await browser.get(callback), 502, 'token_refused', 'token_expired');
    expectFailurePage(await browser.get(callback), 400, 'flow_unknown', '');
  });

  const hostile: readonly FakeAnswer[] = [
    { body: 'oauth_token=a&oauth_token_secret=b' },
    { body: 'oauth_token=a&oauth_token_secret=b&oauth_callback_confirmed=false' },
    { body: { oauth_token: 1, oauth_token_secret: [], oauth_callback_confirmed: true } },
    { body: 'null' },
    { body: '[]' },
    { body: '<html>down</html>' },
    { body: '\u0000\ufffd%' },
    { status: 500, body: 'oauth_token=a&oauth_token_secret=b&oauth_callback_confirmed=true' },
    { status: 302, headers: { location: 'http://localhost:1/' } },
    { body: 'x'.repeat(2 * 1024 * 1024) },
  ];
  it.each(hostile)(
    'A sign-in with OAuth 1.0a never becomes a 500 by temporary credentials like $status $body',
    async (answer) => {
      provider.server.routes.set('/request_token', () => answer);
      const page = await app.browser().get('/auth/bird');
      expect([502, page.html.includes('<h1>')]).toEqual([page.status, true]);
    },
  );

  it.each(hostile.slice(2))(
    'A sign-in with OAuth 1.0a never becomes a 500 by tokens like $status $body',
    async (answer) => {
      provider.server.routes.set('/access_token', () => answer);
      expect((await signInAt(app.browser(), '/auth/bird')).status).toBe(502);
    },
  );

  it.each(hostile.slice(3))(
    'A sign-in with OAuth 1.0a never becomes a 500 by user info like $status $body',
    async (answer) => {
      provider.server.routes.set('/me.json', () => answer);
      expect((await signInAt(app.browser(), '/auth/bird')).status).toBe(502);
    },
  );
});
