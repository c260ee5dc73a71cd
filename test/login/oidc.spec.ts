import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { anEndUser } from '../support/end-user-builder.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import type { FakeAnswer } from '../support/fake-server.js';
import { findLink } from '../support/linked-accounts.js';
import { expectFailurePage, leaveFor, signedInAs, signInAt, traces } from '../support/remote-sign-in.js';
import { rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';

const ALGORITHM = { modulusLength: 2048 };
let provider: FakeOidcProvider;
let app: TestApp;

beforeAll(async () => {
  provider = await FakeOidcProvider.start();
  const remoteApps = [
    { ...provider.settings('corp'), label: 'Corp' },
    { ...provider.settings('posting'), responseMode: 'form_post' as const },
    { ...provider.settings('lax'), nonce: false, authorizeParams: { access_type: 'offline' } },
    { ...provider.settings('secret'), idTokenAlgorithm: 'HS256' as const },
    { ...provider.settings('tenant'), issuer: `${provider.issuer}/tenant` },
    { ...provider.settings('broken'), issuer: `${provider.issuer}/broken` },
  ];
  app = await TestApp.start({ remoteApps });
});
afterAll(async () => {
  await app?.stop();
  await provider?.stop();
});
beforeEach(() => {
  provider.reset();
  endUsers += 1;
  provider.endUser = { sub: `end-user-${endUsers}`, name: `End user ${endUsers}` };
});
let endUsers = 0;

describe('signing in with an OpenID Connect provider', () => {
  it('A sign-in with OpenID Connect asks for openid with state, nonce and an S256 challenge (OpenID Connect Core 3.1.2.1)', async () => {
    const { status, location } = await app.browser().get('/auth/corp');
    expect(status).toBe(302);
    expect(location?.origin).toBe(provider.issuer);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: `${app.url}/auth/corp/callback`,
      scope: 'openid email profile',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('A sign-in with OpenID Connect makes a user of the id_token and user info, and takes a verified e-mail', async () => {
    provider.endUser = { ...provider.endUser, email: 'oidc@example.com', email_verified: true, locale: 'de' };
    const browser = app.browser();
    const page = await signInAt(browser, '/auth/corp?return_to=%2Faccount');
    expect([page.status, page.headers.get('location')]).toEqual([303, '/account']);
    expect(await signedInAs(browser)).toBe(`End user ${endUsers} (oidc@example.com)`);
    expect(await findLink(app, provider.endUser.sub)).toMatchObject({
      issuer: provider.issuer,
      emailVerified: true,
      userClaims: { name: `End user ${endUsers}`, locale: 'de' },
    });
  });

  it('A sign-in with OpenID Connect does not take an e-mail that the provider has not verified', async () => {
    provider.endUser = { ...provider.endUser, email: 'unsure@example.com', email_verified: false };
    await signInAt(app.browser(), '/auth/corp');
    expect(await rowsOf(app, 'users', { email: 'unsure@example.com' })).toEqual([]);
  });

  it('A sign-in with OpenID Connect does without user info where the provider has no such endpoint', async () => {
    const { userinfo_endpoint: _, ...metadata } = provider.metadata;
    provider.server.routes.set('/tenant/.well-known/openid-configuration', () => ({
      body: { ...metadata, issuer: `${provider.issuer}/tenant` },
    }));
    provider.claims = (claims) => ({ ...claims, iss: `${provider.issuer}/tenant`, name: 'In the token' });
    provider.response = (parameters) => ({ ...parameters, iss: `${provider.issuer}/tenant` });
    const browser = app.browser();
    expect((await signInAt(browser, '/auth/tenant')).status).toBe(303);
    expect(await signedInAs(browser)).toBe('In the token');
  });

  it('A sign-in with OpenID Connect takes an answer that is posted (OAuth 2.0 Form Post Response Mode)', async () => {
    const browser = app.browser();
    const start = await browser.get('/auth/posting');
    expect(start.location?.searchParams.get('response_mode')).toBe('form_post');
    const answer = await (await fetch(start.location?.href ?? '')).json();
    const page = await browser.post('/auth/posting/callback', answer as Record<string, string>);
    expect(page.status).toBe(303);
    expect(page.location?.href).not.toContain((answer as { code: string }).code);
    expect((await browser.get(page.location?.href ?? '')).status).toBe(303);
    expect(await signedInAs(browser)).toBe(`End user ${endUsers}`);
  });

  describe('at a provider that bends the standard', () => {
    it('A sign-in without a nonce is a setting, and sends the further parameters that the settings name', async () => {
      provider.claims = ({ nonce: _, ...claims }) => claims;
      const browser = app.browser();
      const { location } = await browser.get('/auth/lax');
      expect([location?.searchParams.get('nonce'), location?.searchParams.get('access_type')]).toEqual([
        null,
        'offline',
      ]);
      expect((await signInAt(browser, '/auth/lax')).status).toBe(303);
      expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', '');
    });

    it('A sign-in with an id_token by HS256 is a setting, and is checked with the client secret', async () => {
      const signedBy = (secret: string) => (_: string, claims: JWTPayload) =>
        new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));
      provider.idToken = signedBy(provider.clientSecret);
      expect((await signInAt(app.browser(), '/auth/secret')).status).toBe(303);
      expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', '');
      provider.idToken = signedBy('the secret of somebody else');
      const before = await traces(app);
      expectFailurePage(await signInAt(app.browser(), '/auth/secret'), 502, 'id_token_invalid', '');
      expect(await traces(app)).toEqual(before);
    });

    it.each([
      { scope: ['openid', 'email'] },
      { scope: '' },
      { token_type: undefined },
      { token_type: 'Bearer', expires_in: '3600' },
      { expires_in: null, error: null, error_description: null },
    ])('A sign-in takes a token response with %j', async (bent) => {
      const honest = provider.server.routes.get('/token');
      provider.server.routes.set('/token', async (request) => {
        const answer = (await honest?.(request)) as FakeAnswer;
        return { ...answer, body: { ...(answer.body as object), ...bent } };
      });
      expect((await signInAt(app.browser(), '/auth/corp')).status).toBe(303);
    });

    it('A sign-in is refused by the code that came with status 200', async () => {
      provider.server.routes.set('/token', () => ({ body: { error: 'bad_verification_code', access_token: 'x' } }));
      expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'token_refused', 'bad_verification_code');
    });

    it.each([401, 403])('A sign-in goes by the id_token where user info is refused with %i', async (status) => {
      provider.claims = (claims) => ({ ...claims, name: 'Of the token' });
      provider.server.routes.set('/userinfo', () => ({
        status,
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
        body: { error: 'invalid_token' },
      }));
      const browser = app.browser();
      expect((await signInAt(browser, '/auth/corp')).status).toBe(303);
      expect(await signedInAs(browser)).toBe('Of the token');
    });

    it.each(['user_cancelled_login', 'user_cancelled_authorize', 'user_denied', 'cancelled'])(
      'A sign-in that the end user cancels is declined, also where the provider calls it %s',
      async (error) => {
        provider.response = ({ state = '', iss = '' }) => ({ error, state, iss });
        expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 403, 'access_denied', '');
      },
    );
  });

  it('A sign-in that is to prove again who it is asks for that, and needs an auth_time of since then', async () => {
    const browser = app.browser();
    const { location } = await browser.get('/auth/corp?prompt=login');
    expect([location?.searchParams.get('prompt'), location?.searchParams.get('max_age')]).toEqual(['login', '0']);
    const at = (secondsAgo: number | undefined) => {
      const auth_time = secondsAgo === undefined ? undefined : Math.floor(Date.now() / 1000) - secondsAgo;
      provider.claims = (claims) => ({ ...claims, auth_time });
      return signInAt(app.browser(), '/auth/corp?prompt=login');
    };
    const before = await traces(app);
    for (const wrong of [undefined, 600])
      expectFailurePage(await at(wrong), 403, 'not_proven_again', 'did not ask you');
    expect(await traces(app)).toEqual(before);
    expect((await at(0)).status).toBe(303);
  });

  it('A posted answer comes without the cookie of the session, and whoever is signed in is asked whether to link', async () => {
    const ada = await anEndUser().named('Ada').registeredAt(app);
    const browser = await ada.signIn();
    provider.endUser = { sub: 'apple-like' };
    const posted = { user: JSON.stringify({ name: { firstName: 'Once', lastName: 'Told' } }) };
    const { html, status } = await postFromElsewhere(browser, posted);
    expect([status, html]).toEqual([200, expect.stringContaining('Link your Posting account?')]);
    expect(html).toContain('Once Told');
    expect(await signedInAs(browser)).toContain('Ada');
  });

  it('A posted answer that is gone on with too late, elsewhere or altered signs nobody in', async () => {
    const before = await traces(app);
    const late = app.browser();
    const path = await postedBy(late);
    expectFailurePage(await app.browser().get(path), 400, 'flow_unknown', '');
    expectFailurePage(await late.get(`${path}x`), 400, 'flow_unknown', '');
    app.clock.travel({ seconds: 61 });
    expectFailurePage(await late.get(path), 400, 'flow_expired', '');
    expect(await traces(app)).toEqual(before);
    const long = await app.browser().post('/auth/posting/callback', { state: 'x'.repeat(10_000) });
    expectFailurePage(long, 400, 'answer_incomplete', '');
  });

  /** Goes to the provider, and sends its answer as a form on the provider's page would: without the cookie of the session. Gives the path to go on with. */
  async function postedBy(browser: TestBrowser, more: Record<string, string> = {}): Promise<string> {
    const start = await browser.get('/auth/posting');
    const answer = (await (await fetch(start.location?.href ?? '')).json()) as Record<string, string>;
    const elsewhere = app.browser();
    for (const [name, value] of browser.cookies) if (name.includes('login_')) elsewhere.cookies.set(name, value);
    return (await elsewhere.post('/auth/posting/callback', { ...answer, ...more })).location?.href ?? '';
  }

  async function postFromElsewhere(browser: TestBrowser, more: Record<string, string>): Promise<Page> {
    return browser.get(await postedBy(browser, more));
  }

  it('A sign-in with OpenID Connect lets two tabs of one browser finish in either order', async () => {
    const browser = app.browser();
    const first = await leaveFor(browser, '/auth/corp?return_to=%2Ffirst');
    const second = await leaveFor(browser, '/auth/corp?return_to=%2Fsecond');
    expect((await browser.get(second)).headers.get('location')).toBe('/second');
    expect((await browser.get(first)).headers.get('location')).toBe('/first');
  });
});

describe('keys that an OpenID Connect provider changes', () => {
  const keyReads = () => provider.server.requests.filter(({ url }) => url.pathname === '/jwks').length;
  /** A provider that nobody has signed in at yet, so that its keys are still to be read. */
  async function signInAtFresh(): Promise<{ again: () => Promise<Page> }> {
    fresh = await TestApp.start({ remoteApps: [{ ...provider.settings('corp'), label: 'Corp' }] });
    const again = () => signInAt(fresh.browser(), '/auth/corp');
    expect((await again()).status).toBe(303);
    return { again };
  }
  let fresh: TestApp;
  afterEach(() => fresh.stop());

  it.each([
    ['under another key id', '2'],
    ['under the same key id', '1'],
  ])('A key that a provider exchanged %s just now is read at once', async (_what, kid) => {
    const { again } = await signInAtFresh();
    await provider.exchangeKeys(kid);
    expect((await again()).status).toBe(303);
    const reads = keyReads();
    expect((await again()).status).toBe(303);
    expect(keyReads()).toBe(reads);
  });

  it('A key that a provider does not publish has its keys read a few times a minute and no more', async () => {
    const { again } = await signInAtFresh();
    provider.signingKeys = await generateKeyPair('RS256', ALGORITHM);
    const before = keyReads();
    const pages = await Promise.all(Array.from({ length: 10 }, again));
    for (let time = 0; time < 10; time += 1) pages.push(await again());
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([502]));
    expect(keyReads() - before).toBeLessThan(5);
    provider.signingKeys = provider.publishedKeys;
    expect((await again()).status).toBe(303);
  });
});

describe('a sign-in with an OpenID Connect provider that fails ends on a page and makes nothing', () => {
  let before: Awaited<ReturnType<typeof traces>>;
  beforeEach(async () => {
    before = await traces(app);
  });
  afterEach(async () => expect(await traces(app)).toEqual(before));

  it('A sign-in with OpenID Connect fails and makes nothing when the end user says no', async () => {
    provider.response = ({ state = '', iss = '' }) => ({ error: 'access_denied', state, iss });
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 403, 'access_denied', 'declined at Corp');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when iss is missing although the provider announces it (RFC 9207 2.4)', async () => {
    provider.response = ({ iss: _, ...parameters }) => parameters;
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 400, 'issuer_mismatch', 'does not come from Corp');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when iss names another issuer, even on an error (RFC 9207 2.4)', async () => {
    provider.response = ({ state = '' }) => ({ error: 'access_denied', state, iss: 'https://evil.example' });
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 400, 'issuer_mismatch', 'does not come from Corp');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when the codes of two tabs were swapped', async () => {
    const browser = app.browser();
    const one = new URL(await leaveFor(browser, '/auth/corp'));
    const two = new URL(await leaveFor(browser, '/auth/corp'));
    one.searchParams.set('code', two.searchParams.get('code') ?? '');
    expectFailurePage(await browser.get(one.href), 502, 'token_refused', 'says: invalid_grant');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when the code was injected from another browser’s flow', async () => {
    const browser = app.browser();
    const mine = new URL(await leaveFor(browser, '/auth/corp'));
    const theirs = new URL(await leaveFor(app.browser(), '/auth/corp'));
    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    expectFailurePage(await browser.get(mine.href), 502, 'token_refused', 'says: invalid_grant');
  });

  const past = Math.floor(Date.now() / 1000) - 3600;
  it.each<[string, FakeOidcProvider['claims']]>([
    ['has another nonce', (claims) => ({ ...claims, nonce: 'another' })],
    ['has no nonce', ({ nonce: _, ...claims }) => claims],
    ['is for another audience', (claims) => ({ ...claims, aud: 'another-client' })],
    [
      'is for several audiences and another party',
      (claims) => ({ ...claims, aud: [provider.clientId, 'x'], azp: 'x' }),
    ],
    ['is of another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['has expired', (claims) => ({ ...claims, iat: past, exp: past + 60 })],
    ['never expires', ({ exp: _, ...claims }) => claims],
    ['names nobody', ({ sub: _, ...claims }) => claims],
  ])(
    'A sign-in with OpenID Connect fails and makes nothing when the id_token %s (OpenID Connect Core 3.1.3.7)',
    async (_name, claims) => {
      provider.claims = claims;
      expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', 'could not be verified');
    },
  );

  it('A sign-in with OpenID Connect fails and makes nothing when the id_token is signed with a key that the provider does not publish', async () => {
    provider.signingKeys = await generateKeyPair('RS256', ALGORITHM);
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', 'could not be verified');
  });

  it.each<[string, FakeOidcProvider['idToken']]>([
    ['unsigned', (jwt) => `${encode({ alg: 'none' })}.${jwt.split('.')[1]}.`],
    ['changed after signing', (jwt) => jwt.replace(/\.([^.]+)\./, (_, body) => `.${promote(body)}.`)],
    ['no JWT', () => 'nonsense'],
  ])('A sign-in with OpenID Connect fails and makes nothing when the id_token is %s', async (_name, idToken) => {
    provider.idToken = idToken;
    const page = await signInAt(app.browser(), '/auth/corp');
    expect(page.status).toBe(502);
    expect(page.html).toMatch(/<code>(id_token_invalid|token_refused)<\/code>/);
  });

  it('A sign-in with OpenID Connect fails and makes nothing when the id_token is signed with the client secret (HS256) where RS256 is announced', async () => {
    provider.idToken = (_jwt, claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(provider.clientSecret));
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', 'could not be verified');
  });

  it.each(['jwk', 'jku', 'x5u', 'crit'])(
    'A sign-in with OpenID Connect fails and makes nothing when the id_token brings a key of its own along by %s',
    async (member) => {
      const { publicKey, privateKey } = await generateKeyPair('RS256', ALGORITHM);
      const jwk = await exportJWK(publicKey);
      const url = `${provider.issuer}/keys-of-somebody`;
      provider.server.routes.set('/keys-of-somebody', () => ({ body: { keys: [{ ...jwk, kid: '1' }] } }));
      const header = { jwk, jku: url, x5u: url, crit: ['exp'] };
      const protectedHeader = { alg: 'RS256', kid: '1', [member]: header[member as keyof typeof header] };
      provider.idToken = async (_jwt, claims) => {
        const input = `${encode(protectedHeader)}.${encode(claims)}`;
        const key = privateKey as CryptoKey;
        const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, Buffer.from(input));
        return `${input}.${Buffer.from(signature).toString('base64url')}`;
      };
      expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', 'could not be verified');
      expect(provider.server.requests.filter(({ url: asked }) => asked.pathname === '/keys-of-somebody')).toEqual([]);
    },
  );

  it('A sign-in with OpenID Connect fails and makes nothing when there is no id_token', async () => {
    provider.server.routes.set('/token', () => ({ body: { access_token: 'x', token_type: 'Bearer' } }));
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'id_token_invalid', 'could not be verified');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when user info is of somebody else (OpenID Connect Core 5.3.2)', async () => {
    provider.server.routes.set('/userinfo', () => ({ body: { sub: 'somebody-else' } }));
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'profile_unusable', 'who you are');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when the token endpoint refuses the client, whose code is shown', async () => {
    const error = { error: 'invalid_client', error_description: 'Unknown client' };
    provider.server.routes.set('/token', () => ({ status: 401, body: error }));
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'token_refused', 'says: invalid_client');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when the token endpoint breaks', async () => {
    provider.server.routes.set('/token', () => ({ status: 500, body: '<html>' }));
    expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'token_refused', 'would not complete');
  });

  it.each<[string, FakeAnswer]>([
    ['an error_description that is null', { status: 400, body: { error: 'invalid_grant', error_description: null } }],
    ['an error_description that is a list', { status: 400, body: { error: 'invalid_grant', error_description: [1] } }],
    ['an error that is null', { status: 400, body: { error: null } }],
    ['an error that is a number, beside a challenge', challenged({ error: 7, error_description: {} })],
    ['an error_description that is null, beside a challenge', challenged({ error: 'x', error_description: null })],
    ['null', { status: 400, body: 'null' }],
    ['tokens that are no text', { body: { access_token: 7, token_type: null, id_token: {} } }],
    ['an id_token that is null', { body: { access_token: 'x', token_type: 'Bearer', id_token: null } }],
    ['no type of its token', { body: { access_token: 'x', token_type: [], id_token: 'x.y.z' } }],
  ])(
    'A sign-in with an OpenID Connect provider whose token endpoint answers %s ends on a page',
    async (_what, answer) => {
      provider.server.routes.set('/token', () => answer);
      const page = await signInAt(app.browser(), '/auth/corp');
      expect(page.status).toBe(502);
      expect(page.html).toMatch(/<code>(id_token_invalid|token_refused)<\/code>/);
    },
  );

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a list', ['x']],
    ['an object', { x: 'y' }],
  ])(
    'A sign-in with an OpenID Connect provider whose user info has %s for its texts ends on a page',
    async (_what, value) => {
      provider.server.routes.set('/userinfo', () => ({ body: { sub: value, name: value, email: value } }));
      expectFailurePage(await signInAt(app.browser(), '/auth/corp'), 502, 'profile_unusable', 'who you are');
    },
  );

  const BROKEN = '/broken/.well-known/openid-configuration';

  it.each<[string, FakeAnswer | ((issuer: string) => FakeAnswer)]>([
    ['is missing', { status: 404 }],
    ['is no JSON', { body: '<html>' }],
    ['is of another issuer', { body: { issuer: 'https://evil.example' } }],
    ['names no endpoints', (issuer) => ({ body: { issuer } })],
    ['has null for its issuer', { body: { issuer: null } }],
    [
      'has null for an endpoint',
      (issuer) => ({ body: { ...provider.metadata, issuer, authorization_endpoint: null, token_endpoint: 7 } }),
    ],
    [
      'names an endpoint that is no URL',
      (issuer) => ({ body: { ...provider.metadata, issuer, authorization_endpoint: 'nowhere' } }),
    ],
  ])('A sign-in with OpenID Connect fails and makes nothing when the discovery document %s', async (_name, answer) => {
    const issuer = `${provider.issuer}/broken`;
    provider.server.routes.set(BROKEN, () => (typeof answer === 'function' ? answer(issuer) : answer));
    const page = await app.browser().get('/auth/broken');
    expectFailurePage(page, 502, 'provider_metadata_unusable', 'does not describe itself');
  });

  it('A sign-in with OpenID Connect fails and makes nothing when the provider is down, which is forgotten once it is up', async () => {
    provider.server.routes.set(BROKEN, () => provider.server.hangUp());
    expectFailurePage(await app.browser().get('/auth/broken'), 502, 'provider_unreachable', 'cannot be reached');
    const issuer = `${provider.issuer}/broken`;
    provider.server.routes.set(BROKEN, () => ({ body: { ...provider.metadata, issuer } }));
    expect((await app.browser().get('/auth/broken')).status).toBe(302);
  });
});

/** A refusal that names a challenge in its header besides (RFC 6749 section 5.2). */
function challenged(body: object): FakeAnswer {
  return { status: 401, headers: { 'www-authenticate': 'Basic realm="provider"' }, body };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The same claims for another end user. */
function promote(body: string): string {
  return encode({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'admin' });
}
