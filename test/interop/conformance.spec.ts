import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { authorizeForm, responseOf, signIn, walkThrough } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';
import { type Parameters, type TestClient, type Tokens, tokensOf } from '../support/test-client.js';

const CALLBACK = 'https://rp.example/callback';
const ADA = ['ada@example.com', PASSWORD] as const;
/** What each standard scope lets a client know (OpenID Connect Core 5.4). */
const CLAIMS = {
  profile: {
    name: 'Ada Lovelace',
    given_name: 'Ada',
    family_name: 'Lovelace',
    middle_name: 'King',
    nickname: 'A',
    preferred_username: 'ada',
    profile: 'https://ada.example/',
    picture: 'https://ada.example/picture.png',
    website: 'https://ada.example/',
    gender: 'female',
    birthdate: '1815-12-10',
    zoneinfo: 'Europe/London',
    locale: 'en-GB',
    updated_at: expect.any(Number),
  },
  email: { email: ADA[0], email_verified: true },
  address: { address: { country: 'GB' } },
  phone: { phone_number: '+44 20 7946 0000', phone_number_verified: true },
} as const;

interface SignIn {
  readonly tokens: Tokens;
  readonly claims: JWTPayload;
}

let app: TestApp;
let ada: TestEndUser;
let first: TestClient;
let second: TestClient;
let keys: ReturnType<typeof createRemoteJWKSet>;
beforeAll(async () => {
  app = await TestApp.start();
  const { updated_at: _, ...profile } = CLAIMS.profile;
  const claims = { ...profile, ...CLAIMS.address, ...CLAIMS.phone };
  ada = await anEndUser().withVerifiedEmail().withClaims(claims).registeredAt(app);
  const client = aClient()
    .redirectingTo(CALLBACK)
    .using('authorization_code', 'refresh_token')
    .allowed('openid profile email address phone offline_access');
  first = await client.named('first').registeredAt(app);
  second = await client.named('second').with({ token_endpoint_auth_method: 'client_secret_post' }).registeredAt(app);
  keys = createRemoteJWKSet(new URL(`${app.url}/oauth/jwks`));
});
afterAll(() => app.stop());

const redeem = (code = '') => first.redeem(code, { code_verifier: undefined });
const userinfo = ({ access_token }: Tokens) => first.userinfo(access_token);

async function claimsOf(idToken = '', audience = 'first'): Promise<JWTPayload> {
  const expected = { issuer: app.url, audience, algorithms: ['RS256'], currentDate: app.clock.now() };
  return (await jwtVerify(idToken, keys, expected)).payload;
}

describe.each(['query', 'form_post'])('a relying party that is certified, answered by %s', (response_mode) => {
  const form = (parameters: Parameters): URLSearchParams => {
    const withoutPkce = { code_challenge: undefined, code_challenge_method: undefined };
    const usual = { client_id: 'first', redirect_uri: CALLBACK, scope: 'openid', nonce: 'n-1', response_mode };
    return authorizeForm({ ...withoutPkce, ...usual, ...parameters });
  };
  const pathOf = (parameters: Parameters = {}) => `/oauth/authorize?${form(parameters)}`;

  /** The authorization response, which must have come in the response mode that was asked for. */
  function answerIn(page: Page): Record<string, string> {
    expect(page.location?.search !== undefined).toBe(response_mode === 'query');
    return page.location === undefined ? hiddenFields(page.html) : responseOf(page);
  }

  const ask = async (browser: TestBrowser, parameters: Parameters = {}) =>
    answerIn(await walkThrough(browser, pathOf(parameters), ...ADA));

  async function complete({ code }: Record<string, string>): Promise<SignIn> {
    const tokens = await tokensOf(redeem(code));
    return { tokens, claims: await claimsOf(tokens.id_token) };
  }

  /** The whole way: pages, code, tokens. */
  const signInFor = async (parameters: Parameters = {}, browser = app.browser()) =>
    complete(await ask(browser, parameters));

  /** The very first answer to a request, which is the client's where nobody is asked anything. */
  const unasked = async (browser: TestBrowser, parameters: Parameters) =>
    answerIn(await browser.get(pathOf(parameters)));

  const asksForPassword = async (browser: TestBrowser, parameters: Parameters) =>
    (await browser.follow(await browser.get(pathOf(parameters)))).html.includes('name="password"');

  it('A certified relying party gets state and iss, an id_token with its nonce, and one subject everywhere', async () => {
    const answer = await ask(app.browser());
    expect(answer).toEqual({ code: expect.any(String), state: 'a state & more', iss: app.url });
    const { tokens, claims } = await complete(answer);
    expect(claims).toMatchObject({ sub: ada.id, nonce: 'n-1', auth_time: expect.any(Number) });
    const { access_token = '' } = tokens;
    const header = { authorization: `Bearer ${access_token}` };
    for (const response of [
      await userinfo(tokens),
      await app.post('/oauth/userinfo', {}, header),
      await app.post('/oauth/userinfo', { access_token }),
    ]) {
      expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await response.json()).toEqual({ sub: ada.id });
    }
  });

  it('A certified relying party may leave the nonce out, and then finds none', async () => {
    expect((await signInFor({ nonce: undefined })).claims).not.toHaveProperty('nonce');
  });

  it.each<[string, object]>([
    ['openid profile', CLAIMS.profile],
    ['openid email', CLAIMS.email],
    ['openid address', CLAIMS.address],
    ['openid phone', CLAIMS.phone],
    ['openid profile email address phone', Object.assign({}, ...Object.values(CLAIMS))],
    ['email openid', CLAIMS.email],
  ])('A certified relying party gets for scope=%s the claims of OpenID Connect Core 5.4', async (scope, claims) => {
    const { tokens } = await signInFor({ scope });
    expect(await (await userinfo(tokens)).json()).toEqual({ sub: ada.id, ...claims });
  });

  it.each([
    ['display', 'page'],
    ['display', 'popup'],
    ['ui_locales', 'se de-AT'],
    ['claims_locales', 'se'],
    ['acr_values', '1 2'],
    ['login_hint', 'buffy@rp.example'],
    ['extra', 'foobar'],
    ['claims', '{"userinfo":{"name":{"essential":true}},"id_token":{"acr":{"essential":true,"value":"2"}}}'],
  ])('A certified relying party may send %s=%s, which changes nothing of the answer', async (name, value) => {
    const { claims, tokens } = await signInFor({ [name]: value });
    expect(claims.sub).toBe(ada.id);
    expect(await (await userinfo(tokens)).json()).toEqual({ sub: ada.id });
  });

  it('A certified relying party hears login_required under prompt=none where nobody is signed in', async () => {
    expect(await unasked(app.browser(), { prompt: 'none' })).toMatchObject({ error: 'login_required', iss: app.url });
  });

  it('A certified relying party gets the same sign-in again under prompt=none, also with its id_token as a hint', async () => {
    const browser = app.browser();
    const first = await signInFor({}, browser);
    const { sub, auth_time } = first.claims;
    for (const more of [{}, { id_token_hint: first.tokens.id_token }, { max_age: '10000' }]) {
      const again = await complete(await unasked(browser, { prompt: 'none', ...more }));
      expect(again.claims).toMatchObject({ sub, auth_time });
    }
  });

  it.each([{ prompt: 'login' }, { max_age: '1' }])(
    'A certified relying party gets a later auth_time by %j',
    async (parameters) => {
      const browser = app.browser();
      const { claims } = await signInFor({}, browser);
      app.clock.travel({ seconds: 2 });
      expect(await asksForPassword(browser, {})).toBe(false);
      expect(await asksForPassword(browser, parameters)).toBe(true);
      const again = await signInFor(parameters, browser);
      expect(again.claims.sub).toBe(claims.sub);
      expect(again.claims.auth_time).toBeGreaterThanOrEqual(Number(claims.auth_time) + 2);
    },
  );

  it('A certified relying party may send the request as a form', async () => {
    const browser = app.browser();
    const start = await browser.post('/oauth/authorize', Object.fromEntries(form({ prompt: 'login' })));
    const page = await browser.follow(await signIn(browser, await browser.follow(start), ...ADA));
    expect((await complete(answerIn(page))).claims.sub).toBe(ada.id);
  });

  it.each([0, 30])(
    'A certified relying party finds its tokens ended when the code comes again after %i seconds',
    async (seconds) => {
      const { code } = await ask(app.browser());
      const { tokens } = await complete({ code: code ?? '' });
      expect((await userinfo(tokens)).status).toBe(200);
      app.clock.travel({ seconds });
      const again = await redeem(code);
      expect([again.status, (await again.json()).error]).toEqual([400, 'invalid_grant']);
      expect((await userinfo(tokens)).status).toBe(401);
    },
  );

  it('A certified relying party is not followed to a redirect URI that it never registered', async () => {
    const page = await app.browser().get(pathOf({ redirect_uri: `${CALLBACK}/elsewhere` }));
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.html).toContain('redirect_uri is none of those registered');
  });

  it('A certified relying party hears request_not_supported for an unsigned request object, whose redirect_uri counts for nothing', async () => {
    const part = (members: object) => Buffer.from(JSON.stringify(members)).toString('base64url');
    const request = `${part({ alg: 'none' })}.${part({ redirect_uri: CALLBACK, nonce: 'other' })}.`;
    expect(await unasked(app.browser(), { request })).toMatchObject({ error: 'request_not_supported' });
    const page = await app.browser().get(pathOf({ request, redirect_uri: `${CALLBACK}/elsewhere` }));
    expect([page.status, page.location]).toEqual([400, undefined]);
  });

  it('A certified relying party hears request_uri_not_supported for a request object that is to be fetched', async () => {
    const request_uri = 'https://rp.example/request.jwt';
    expect(await unasked(app.browser(), { request_uri })).toMatchObject({ error: 'request_uri_not_supported' });
  });

  it('A certified relying party hears invalid_request without a response_type', async () => {
    expect(await unasked(app.browser(), { response_type: undefined })).toMatchObject({ error: 'invalid_request' });
  });

  it('A certified relying party refreshes by offline_access, and no other client can', async () => {
    const { tokens, claims } = await signInFor({ scope: 'openid offline_access', prompt: 'consent' });
    const thief = await second.refresh(tokens.refresh_token);
    expect([thief.status, (await thief.json()).error]).toEqual([400, 'invalid_grant']);
    app.clock.travel({ seconds: 1 });
    const refreshed = await first.refreshed(tokens.refresh_token, { scope: 'openid offline_access' });
    const { iss, sub, aud, auth_time, iat } = claims;
    const again = await claimsOf(refreshed.id_token);
    expect(again).toMatchObject({ iss, sub, aud, auth_time });
    expect(again.iat).toBeGreaterThan(Number(iat));
    expect(again).not.toHaveProperty('nonce');
    expect((await userinfo(refreshed)).status).toBe(200);
  });

  it('A certified relying party may use PKCE, and client_secret_post', async () => {
    const pkce = authorizeForm({});
    const { code = '' } = await ask(app.browser(), { ...Object.fromEntries(pkce), client_id: 'second' });
    const { id_token } = await tokensOf(second.redeem(code));
    expect((await claimsOf(id_token, 'second')).sub).toBe(ada.id);
  });
});
