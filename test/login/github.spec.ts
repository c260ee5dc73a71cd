import { aClient } from '../support/client-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { findLink, firstSignInUnderWay, signInsOf } from '../support/linked-accounts.js';
import { withTimeLimit } from '../support/outgoing.js';
import { expectFailurePage, leaveFor, signedInAs, signInAt, traces } from '../support/remote-sign-in.js';
import { countOf, rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { untilWaiting } from '../support/waiting.js';

const TOKEN = '/login/oauth/access_token';
let github: FakeGithub;
let app: TestApp;

beforeAll(async () => {
  github = await FakeGithub.start();
  const other = { ...github.settings('other-hub'), userinfoUrl: 'user', label: 'Other Hub' };
  app = await TestApp.start({
    remoteApps: [{ ...github.settings(), issuer: 'https://github.com/login/oauth' }, other],
  });
});
afterAll(async () => {
  await app?.stop();
  await github?.stop();
});
beforeEach(() => github.reset());

let endUsers = 0;
/** Somebody new is signed in at GitHub. */
function newEndUser(emails: FakeGithub['endUser']['emails'] = []): FakeGithub['endUser'] {
  endUsers += 1;
  github.endUser = { id: endUsers, login: `end-user-${endUsers}`, name: `End user ${endUsers}`, emails };
  return github.endUser;
}

describe('signing in with GitHub', () => {
  it('A sign-in with GitHub asks for the preset scopes with state and an S256 challenge (RFC 7636 4.3)', async () => {
    const { status, location } = await app.browser().get('/auth/github');
    expect(status).toBe(302);
    expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
      response_type: 'code',
      client_id: github.clientId,
      redirect_uri: `${app.url}/auth/github/callback`,
      scope: 'read:user user:email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
  });

  it('A sign-in with GitHub makes a user of the profile, signs them in and returns to where they were', async () => {
    const { id, login } = newEndUser();
    const browser = app.browser();
    const page = await signInAt(browser, '/auth/github?return_to=%2Faccount%3Ftab%3D1');
    expect([page.status, page.headers.get('location')]).toEqual([303, '/account?tab=1']);
    expect(await signedInAs(browser)).toBe(`End user ${id}`);
    const link = await findLink(app, id);
    expect(link).toMatchObject({
      email: null,
      userClaims: { name: `End user ${id}`, preferred_username: login },
      issuer: 'https://github.com/login/oauth',
      provider: 'github',
    });
    expect(await signInsOf(app, link?.userId ?? '')).toEqual([['fed']]);
  });

  it('A sign-in with GitHub finds the same user again by issuer and subject, whatever else has changed', async () => {
    const endUser = newEndUser();
    await signInAt(app.browser(), '/auth/github');
    github.endUser = { ...endUser, login: 'renamed', name: 'New name' };
    const before = await traces(app);
    await signInAt(app.browser(), '/auth/github');
    expect(await traces(app)).toEqual({ ...before, sessions: before.sessions + 1 });
  });

  it('A sign-in with GitHub takes the primary e-mail only when GitHub has verified it', async () => {
    const verified = newEndUser([
      { email: 'second@example.com', primary: false, verified: true },
      { email: 'First@Example.com', primary: true, verified: true },
    ]);
    await signInAt(app.browser(), '/auth/github');
    const unverified = newEndUser([{ email: 'unverified@example.com', primary: true, verified: false }]);
    await signInAt(app.browser(), '/auth/github');
    const known = { email: 'first@example.com', emailVerified: true };
    expect(await findLink(app, verified.id)).toMatchObject(known);
    expect(await findLink(app, unverified.id)).toMatchObject({ email: null, emailVerified: false });
  });

  it('A sign-in with GitHub reads the addresses page by page, and follows no page to another host', async () => {
    const { id } = newEndUser();
    const addressOf = (page: number) => `${github.server.url}/user/emails?page=${page}`;
    const filler = { email: 'filler@example.com', primary: false, verified: true };
    const primary = { email: `paged-${id}@example.com`, primary: true, verified: true };
    github.server.routes.set('/user/emails', ({ url }) => {
      const page = Number(url.searchParams.get('page') ?? 1);
      const link = `<${addressOf(1)}>; rel="first", <${addressOf(page + 1)}>; rel="next"`;
      return { body: page < 3 ? [filler] : [primary], ...(page < 3 && { headers: { link } }) };
    });
    await signInAt(app.browser(), '/auth/github');
    expect(await findLink(app, id)).toMatchObject({ email: primary.email });
    const { id: other } = newEndUser();
    const asked = github.server.requests.length;
    const away = { link: `<http://127.0.0.1:1/user/emails>; rel="next"` };
    github.server.routes.set('/user/emails', () => ({ headers: away, body: [filler] }));
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
    expect(await findLink(app, other)).toMatchObject({ email: null });
    expect(github.server.requests.slice(asked).filter(({ url }) => url.pathname === '/user/emails')).toHaveLength(1);
  });

  it('A sign-in with GitHub lets an end user in who did not allow the e-mail scope', async () => {
    newEndUser();
    github.server.routes.set('/user/emails', () => ({ status: 404, body: { message: 'Not Found' } }));
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
  });

  it('A sign-in with GitHub reads a form-encoded token answer', async () => {
    newEndUser();
    const honest = github.server.routes.get(TOKEN);
    github.server.routes.set(
      TOKEN,
      (request) => honest?.({ ...request, headers: { ...request.headers, accept: '*/*' } }) ?? {},
    );
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
  });

  it('A sign-in with GitHub makes one user of two parallel first sign-ins, with an e-mail and without', async () => {
    for (const emails of [[], [{ email: 'twice@example.com', primary: true, verified: true }]]) {
      newEndUser(emails);
      const before = await traces(app);
      const browsers = Array.from({ length: 8 }, () => app.browser());
      const callbacks = await Promise.all(browsers.map((browser) => leaveFor(browser, '/auth/github')));
      const pages = await Promise.all(browsers.map((browser, i) => browser.get(callbacks[i] ?? '')));
      expect(pages.map(({ status }) => status)).toEqual(Array(8).fill(303));
      const after = await traces(app);
      expect(after.users - before.users).toBe(1);
      expect(after.links - before.links).toBe(1);
    }
  });

  it('A sign-in with GitHub waits for another first sign-in of the same identity, and signs in to the user that it makes', async () => {
    const { id } = newEndUser();
    const identity = { issuer: 'https://github.com/login/oauth', subject: String(id), provider: 'github' };
    const other = await firstSignInUnderWay(app, identity);
    const browser = app.browser();
    const page = signInAt(browser, '/auth/github');
    await untilWaiting(app, 1);
    await other.commit();
    expect((await page).status).toBe(303);
    expect(await signInsOf(app, other.userId)).toHaveLength(1);
    const claims = (await rowsOf(app, 'users')).map((user) => user.claims);
    expect(claims).not.toContainEqual(expect.objectContaining({ preferred_username: `end-user-${id}` }));
  });

  it('A sign-in with GitHub lets two tabs of one browser finish in either order', async () => {
    newEndUser();
    const browser = app.browser();
    const first = await leaveFor(browser, '/auth/github?return_to=%2Ffirst');
    const second = await leaveFor(browser, '/auth/github?return_to=%2Fsecond');
    expect((await browser.get(second)).headers.get('location')).toBe('/second');
    expect((await browser.get(first)).headers.get('location')).toBe('/first');
  });

  it.each([10, 1000, 2000, 6000])(
    'A sign-in with GitHub keeps the newest flows of a browser, in cookies that any server takes, on the way to %i characters',
    async (length) => {
      newEndUser();
      const browser = app.browser();
      const returnTo = `/account?${'x'.repeat(length)}`;
      const callbacks: string[] = [];
      for (let tab = 0; tab < 30; tab += 1) {
        callbacks.push(await leaveFor(browser, `/auth/github?return_to=${encodeURIComponent(returnTo)}`));
        const header = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        expect(header.length).toBeLessThan(7500);
      }
      expect((await browser.get(callbacks[28] ?? '')).headers.get('location')).toBe(returnTo);
      expect((await browser.get(callbacks[29] ?? '')).headers.get('location')).toBe(returnTo);
    },
  );

  it('A sign-in with GitHub comes back to an authorization request of any length that the server takes', async () => {
    newEndUser();
    const state = 'x'.repeat(5000);
    const before = await countOf(app, 'login_flows');
    const client = await aClient().named('federating').firstParty().using('authorization_code').registeredAt(app);
    const browser = app.browser();
    const asked = await browser.follow(await client.ask(browser, { state }));
    const [, href = ''] = /href="(\/auth\/github[^"]*)"/.exec(asked.html) ?? [];
    const back = await browser.get(await leaveFor(browser, href.replaceAll('&amp;', '&')));
    const answer = await browser.follow(back);
    expect(answer.location?.searchParams.get('state')).toBe(state);
    expect(answer.location?.searchParams.get('code')).toMatch(/^gate_ac_/);
    expect(await countOf(app, 'login_flows')).toBe(before + 2);
  });

  it('A sign-in with GitHub is no proof that anybody was asked, and is not offered where one is needed', async () => {
    newEndUser();
    const client = await aClient().named('bank').firstParty().using('authorization_code').registeredAt(app);
    const browser = app.browser();
    await signInAt(browser, '/auth/github');
    app.clock.travel({ seconds: 300 });
    const asked = await browser.follow(await client.ask(browser, { prompt: 'login' }));
    expect(asked.html).not.toContain('/auth/github');
    const returnTo = encodeURIComponent(new URL(asked.url).searchParams.get('return_to') ?? '');
    const back = await signInAt(browser, `/auth/github?return_to=${returnTo}`);
    expect((await browser.follow(back)).url).toContain('reason=reauthenticate');
  });

  it('A sign-in with GitHub is offered on the sign-in page, on the way to the same place', async () => {
    const { html } = await app.browser().get('/login?return_to=%2Faccount');
    expect(html).toMatch(/href="\/auth\/github\?return_to=%2Faccount"><svg.*<\/svg>Sign in with GitHub</);
    expect(html).toMatch(/href="\/auth\/other-hub\?return_to=%2Faccount">Sign in with Other Hub</);
  });
});

describe('a sign-in with GitHub that fails ends on a page and makes nothing', () => {
  let before: Awaited<ReturnType<typeof traces>>;
  beforeEach(async () => {
    newEndUser([{ email: `new-${endUsers}@example.com`, primary: true, verified: true }]);
    before = await traces(app);
  });
  afterEach(async () => expect(await traces(app)).toEqual(before));

  it('A sign-in with GitHub fails and makes nothing when the provider is unknown', async () => {
    const page = await app.browser().get('/auth/nobody');
    expectFailurePage(page, 404, 'unknown_provider', 'does not offer signing in with that provider');
    expect((await app.browser().get('/auth/nobody/callback?code=1&state=2')).status).toBe(404);
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example', 'account'])(
    'A sign-in with GitHub fails and makes nothing when it is to return to %s, which is not of this server',
    async (returnTo) => {
      const page = await app.browser().get(`/auth/github?${new URLSearchParams({ return_to: returnTo })}`);
      expect(page.status).toBe(400);
      expect(page.html).toContain('must be a path of this server');
    },
  );

  it('A sign-in with GitHub fails and makes nothing when the end user says no', async () => {
    const browser = app.browser();
    const callback = new URL(await leaveFor(browser, '/auth/github?return_to=%2Faccount'));
    callback.search = new URLSearchParams({
      error: 'access_denied',
      error_description: 'The user has denied your application access.',
      state: callback.searchParams.get('state') ?? '',
    }).toString();
    const page = await browser.get(callback.href);
    expectFailurePage(page, 403, 'access_denied', 'declined at GitHub');
    expect(page.html).toContain('href="/auth/github?return_to=%2Faccount"');
  });

  it('A sign-in with GitHub fails and makes nothing when GitHub answers another error, whose code is shown', async () => {
    const browser = app.browser();
    const state = new URL(await leaveFor(browser, '/auth/github')).searchParams.get('state') ?? '';
    const page = await browser.get(`/auth/github/callback?error=redirect_uri_mismatch&state=${state}`);
    expectFailurePage(page, 502, 'authorization_refused', 'says: redirect_uri_mismatch');
  });

  it('A sign-in with GitHub fails and makes nothing when an error comes with a forged state, of which nothing is shown', async () => {
    const page = await app.browser().get('/auth/github/callback?error=evil_words&state=forged');
    expectFailurePage(page, 400, 'flow_unknown', 'belongs to no sign-in that is under way in this browser');
    expect(page.html).not.toContain('evil_words');
  });

  it('A sign-in with GitHub fails and makes nothing when there is no state', async () => {
    const browser = app.browser();
    await leaveFor(browser, '/auth/github');
    expectFailurePage(await browser.get('/auth/github/callback?code=1'), 400, 'flow_unknown', 'GitHub');
  });

  it('A sign-in with GitHub fails and makes nothing when the answer arrives in another browser', async () => {
    const callback = await leaveFor(app.browser(), '/auth/github');
    expectFailurePage(await app.browser().get(callback), 400, 'flow_unknown', 'another browser');
  });

  it('A sign-in with GitHub fails and makes nothing when the flow’s cookie was moved to another state', async () => {
    const browser = app.browser();
    const first = new URL(await leaveFor(browser, '/auth/github'));
    const second = new URL(await leaveFor(browser, '/auth/github'));
    const [one = '', two = ''] = [...browser.cookies.keys()].filter((name) => name.includes('login_'));
    browser.cookies.set(two, browser.cookies.get(one) ?? '');
    expectFailurePage(await browser.get(second.href), 400, 'flow_unknown', 'GitHub');
    expect(first.href).not.toBe(second.href);
  });

  it('A sign-in with GitHub fails and makes nothing when the answer went to another provider’s callback (mix-up)', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/github');
    expectFailurePage(await browser.get(callback.replace('/github/', '/other-hub/')), 400, 'flow_unknown', 'Other Hub');
  });

  it('A sign-in with GitHub fails and makes nothing when iss names another issuer (RFC 9207 2.4)', async () => {
    const browser = app.browser();
    const callback = new URL(await leaveFor(browser, '/auth/github'));
    callback.searchParams.set('iss', 'https://evil.example');
    const page = await browser.get(callback.href);
    expectFailurePage(page, 400, 'issuer_mismatch', 'does not come from GitHub');
  });

  it('A sign-in with GitHub fails and makes nothing when the codes of two tabs were swapped, since PKCE binds each to its flow', async () => {
    const browser = app.browser();
    const one = new URL(await leaveFor(browser, '/auth/github'));
    const two = new URL(await leaveFor(browser, '/auth/github'));
    one.searchParams.set('code', two.searchParams.get('code') ?? '');
    expectFailurePage(await browser.get(one.href), 502, 'token_refused', 'says: bad_verification_code');
  });

  it('A sign-in with GitHub fails and makes nothing when it took longer than ten minutes', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/github?return_to=%2Faccount');
    app.clock.travel({ seconds: 601 });
    const page = await browser.get(callback);
    expectFailurePage(page, 400, 'flow_expired', 'longer than ten minutes');
    expect(page.html).toContain('href="/auth/github?return_to=%2Faccount"');
  });

  it('A sign-in with GitHub fails and makes nothing when the answer has neither code nor error', async () => {
    const browser = app.browser();
    const { searchParams } = new URL(await leaveFor(browser, '/auth/github'));
    const page = await browser.get(`/auth/github/callback?state=${searchParams.get('state')}`);
    expectFailurePage(page, 400, 'answer_incomplete', 'without an answer');
  });

  it('A sign-in with GitHub fails and makes nothing when a parameter comes twice', async () => {
    const browser = app.browser();
    const page = await browser.get(`${await leaveFor(browser, '/auth/github')}&code=2`);
    expect(page.status).toBe(400);
    expect(page.html).toContain('Parameter code is given more than once');
  });

  it('A sign-in with GitHub fails and makes nothing when the token endpoint refuses with 200 and an error body, whose code is shown', async () => {
    const refusal = { error: 'incorrect_client_credentials', error_description: 'The client_id is wrong.' };
    github.server.routes.set(TOKEN, () => ({ body: refusal }));
    const page = await signInAt(app.browser(), '/auth/github');
    expectFailurePage(page, 502, 'token_refused', 'says: incorrect_client_credentials');
  });

  it.each([
    ['an HTML page', { status: 500, body: '<html>Unicorn!</html>' }],
    ['an empty answer', { body: '' }],
    ['JSON null', { body: 'null' }],
    ['a token that is a number', { body: { access_token: 1 } }],
    ['an error beside a token', { body: { error: 'x', access_token: 'gho_x' } }],
  ])('A sign-in with GitHub fails and makes nothing when the token endpoint answers %s', async (_name, answer) => {
    github.server.routes.set(TOKEN, () => answer);
    expectFailurePage(await signInAt(app.browser(), '/auth/github'), 502, 'token_refused', 'GitHub');
  });

  it.each([
    ['no JSON', { body: 'hello' }],
    ['an error', { status: 500, body: {} }],
    ['a refusal', { status: 401, body: { message: 'Bad credentials' } }],
    ['a list', { body: [] }],
    ['no id', { body: { login: 'octocat' } }],
    ['an id that is an object', { body: { id: {} } }],
    ['an id with a NUL', { body: { id: 'a\0b' } }],
    ['an id beyond whole numbers', { body: { id: 1e300 } }],
  ])('A sign-in with GitHub fails and makes nothing when user info answers %s', async (_name, answer) => {
    github.server.routes.set('/user', () => answer);
    expectFailurePage(await signInAt(app.browser(), '/auth/github'), 502, 'profile_unusable', 'who you are');
  });

  it('A sign-in with GitHub fails and makes nothing when GitHub redirects a token request, which is not followed', async () => {
    github.server.routes.set(TOKEN, () => ({ status: 307, headers: { location: `${github.server.url}/elsewhere` } }));
    expectFailurePage(await signInAt(app.browser(), '/auth/github'), 502, 'provider_unreachable', 'cannot be reached');
    expect(github.server.requests.some(({ url }) => url.pathname === '/elsewhere')).toBe(false);
  });

  it('A sign-in with GitHub fails and makes nothing when GitHub closes the connection', async () => {
    github.server.routes.set('/user', () => github.server.hangUp());
    expectFailurePage(await signInAt(app.browser(), '/auth/github'), 502, 'provider_unreachable', 'cannot be reached');
  });

  it('A sign-in with GitHub fails and makes nothing when GitHub does not answer in time', async () => {
    github.server.routes.set('/user', () => new Promise(() => {}));
    const page = await withTimeLimit(app, 0.3, () => signInAt(app.browser(), '/auth/github'));
    expectFailurePage(page, 504, 'provider_too_slow', 'takes too long');
  });

  it('A sign-in with GitHub fails and makes nothing when GitHub answers with more than 1 MB', async () => {
    github.server.routes.set('/user', () => ({ body: { id: 1, bio: 'x'.repeat(1024 * 1024) } }));
    expectFailurePage(await signInAt(app.browser(), '/auth/github'), 502, 'provider_answer_too_large', 'too large');
  });
});

describe('the log', () => {
  it('The log says what went wrong under the page’s reference id, and tells no secret', async () => {
    newEndUser();
    const lines: string[] = [];
    const keep = (...line: unknown[]) => lines.push(line.join(' '));
    app.nest.useLogger({ log: keep, warn: keep, error: keep });
    const refusal = { error: 'bad_verification_code', error_description: 'Expired,\nforged line' };
    github.server.routes.set(TOKEN, () => ({ body: refusal }));
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/github');
    const page = await browser.get(callback);
    app.nest.useLogger(['fatal']);
    const [, referenceId = 'none'] = /<code>([0-9a-f-]{36})<\/code>/.exec(page.html) ?? [];
    const line = lines.find((each) => each.includes(referenceId)) ?? '';
    expect(line).toContain(
      'GET /auth/github/callback 502 token_refused: github: token endpoint: "bad_verification_code"',
    );
    expect(line).toContain('"Expired,\\nforged line"');
    const { code = '', state = '' } = Object.fromEntries(new URL(callback).searchParams);
    for (const secret of [code, state, github.clientSecret]) expect(lines.join('\n')).not.toContain(secret);
  });
});

describe('a callback', () => {
  it('A callback works once and, half a minute later, no more', async () => {
    newEndUser();
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/github');
    expect((await browser.get(callback)).status).toBe(303);
    app.clock.travel({ seconds: 31 });
    expectFailurePage(await browser.get(callback), 400, 'flow_unknown', 'used already');
  });

  it('A sign-in with GitHub drops claims that are not what OpenID Connect Core 5.1 says, and keeps the rest', async () => {
    const { id } = newEndUser();
    github.server.routes.set('/user', () => ({
      body: {
        id,
        login: 'x'.repeat(501),
        name: 'with\0NUL',
        avatar_url: 'javascript:alert(1)',
        html_url: 'https://github.com/x',
        blog: 5,
      },
    }));
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
    expect((await findLink(app, id))?.claims).toEqual({ profile: 'https://github.com/x' });
  });
});
