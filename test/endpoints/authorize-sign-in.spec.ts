import { authorizeForm, authorizePath, responseOf, signIn } from '../support/authorization-request.js';
import { aClient, CALLBACK, registerAll } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';
import type { Parameters, TestClient } from '../support/test-client.js';

const ADA = ['ada@example.com', PASSWORD] as const;

let app: TestApp;
let ada: TestEndUser;
let bob: TestEndUser;
let client: (id: string) => TestClient;
const anyClient = aClient().public().allowed('openid email');
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().registeredAt(app);
  bob = await anEndUser().withEmail('bob@example.com').registeredAt(app);
  client = await registerAll(app, [
    anyClient.named('trusted').firstParty().with({ client_name: 'The Trusted Client' }),
    anyClient.named('strict').firstParty().with({ default_max_age: 60 }),
    anyClient.named('other').with({ client_uri: 'https://other.example/start' }),
  ]);
});
afterAll(() => app.stop());

const USUAL = { client_id: 'trusted', redirect_uri: CALLBACK, scope: 'openid' };
const pathOf = (parameters: Parameters = {}) => authorizePath({ ...USUAL, ...parameters });

const toSignIn = (page: Page) => page.location?.pathname === '/login';

/** Sends the request, signs in on the page that comes, and stops where the browser leaves this server. */
async function throughSignIn(browser: TestBrowser, parameters: Parameters, who: readonly [string, string]) {
  const page = await browser.follow(await browser.get(pathOf(parameters)));
  return browser.follow(await signIn(browser, page, ...who));
}

/** An id_token that the client was given for the end user. */
const hintFor = async (endUser: TestEndUser, clientId = 'trusted') => (await client(clientId).signIn(endUser)).id_token;

describe('an end user who is not signed in', () => {
  it('An end user who is not signed in is sent to the sign-in page, which knows the client and the hint, and comes back to an answer', async () => {
    const browser = app.browser();
    const page = await browser.follow(await browser.get(pathOf({ login_hint: 'ada@example.com', nonce: 'n-1' })));
    expect(page.html).toContain('The Trusted Client');
    expect(page.html).toMatch(/<input[^>]*name="email"[^>]*value="ada@example.com"/);
    const back = await browser.follow(await signIn(browser, page, ...ADA));
    expect(responseOf(back)).toEqual({
      code: expect.stringMatching(/^gate_ac_/),
      state: 'a state & more',
      iss: app.url,
    });
  });

  it('An end user who is not signed in is not asked under prompt=none: login_required', async () => {
    expect(responseOf(await app.browser().get(pathOf({ prompt: 'none' })))).toMatchObject({
      error: 'login_required',
      state: 'a state & more',
      iss: app.url,
    });
  });

  it('An end user who is not signed in may start in two tabs, and both succeed', async () => {
    const browser = app.browser();
    const one = await browser.follow(await browser.get(pathOf({ state: 'one' })));
    const two = await browser.follow(await browser.get(pathOf({ state: 'two' })));
    const first = responseOf(await browser.follow(await signIn(browser, one, ...ADA)));
    const second = responseOf(await browser.follow(await signIn(browser, two, ...ADA)));
    expect([first.state, second.state]).toEqual(['one', 'two']);
    expect(first.code).not.toBe(second.code);
  });

  it('An end user who is not signed in may come by a form of another site, with which the session cookie does not travel', async () => {
    const browser = await ada.signIn();
    for (const [session, outcome] of [
      [browser, 'code'],
      [app.browser(), 'error'],
    ] as const) {
      const form = Object.fromEntries(authorizeForm({ ...USUAL, prompt: 'none' }));
      const page = await session.post('/oauth/authorize', form, { cookie: '' });
      expect(page.status).toBe(303);
      expect(responseOf(await session.follow(page))).toHaveProperty(outcome);
    }
  });

  it('An end user who is not signed in may go on at another node', async () => {
    const node = await app.startNode();
    const browser = app.browser();
    const page = await browser.follow(await browser.get(pathOf()));
    const back = await signIn(browser, page, ...ADA);
    const answer = await browser.get(`${node.url}${back.location?.pathname}${back.location?.search}`);
    expect(responseOf(answer)).toMatchObject({ code: expect.stringMatching(/^gate_ac_/), iss: app.url });
  });

  it.each(['s', '"', '\u0001'])(
    'The longest request that is accepted goes through the sign-in page, and a longer one is refused: state of %j',
    async (letter) => {
      const bytes = Buffer.byteLength(JSON.stringify(letter)) - 2;
      const form = (count: number) => authorizeForm({ ...USUAL, state: letter.repeat(count) });
      const longest = await app.post('/oauth/authorize', form(Math.floor(5600 / bytes)).toString());
      const browser = app.browser();
      const page = await browser.follow(await browser.get(longest.headers.get('location') ?? ''));
      const answer = await browser.follow(await signIn(browser, page, ...ADA));
      expect(responseOf(answer).state).toBe(letter.repeat(Math.floor(5600 / bytes)));
      const tooLong = await app.post('/oauth/authorize', form(Math.ceil(6000 / bytes)).toString());
      expect([tooLong.status, await tooLong.text()]).toEqual([400, expect.stringContaining('may take 6000 bytes')]);
    },
  );

  it('A login hint that is longer than any address is left out', async () => {
    const login_hint = '%'.repeat(5000);
    expect(responseOf(await throughSignIn(app.browser(), { login_hint }, ADA))).toHaveProperty('code');
  });
});

describe('prompt', () => {
  let browser: TestBrowser;
  beforeEach(async () => {
    browser = await ada.signIn();
    app.clock.travel({ seconds: 5 });
  });

  it('The prompt none answers at once where nothing is to be asked', async () => {
    expect(responseOf(await browser.get(pathOf({ prompt: 'none' })))).toHaveProperty('code');
  });

  it.each(['none login', 'none consent', 'select_account none', 'none none login'])(
    'The prompt none cannot stand beside another: %s',
    async (prompt) => {
      expect(responseOf(await browser.get(pathOf({ prompt })))).toMatchObject({
        error: 'invalid_request',
        error_description: 'prompt none cannot be combined with another value',
      });
    },
  );

  it.each(['create', 'LOGIN', 'login,consent', 'x'.repeat(1000)])(
    'An unknown prompt is refused: %s',
    async (prompt) => {
      expect(responseOf(await browser.get(pathOf({ prompt })))).toMatchObject({
        error: 'invalid_request',
        error_description: expect.stringContaining('there is none, login, consent, select_account'),
      });
    },
  );

  it('The prompt login has an end user who is signed in prove it again, once', async () => {
    const page = await browser.get(pathOf({ prompt: 'login' }));
    expect(toSignIn(page)).toBe(true);
    const form = await browser.follow(page);
    const back = await browser.follow(await signIn(browser, form, ...ADA));
    expect(responseOf(back)).toHaveProperty('code');
  });

  it('The prompt login is not satisfied by coming back without having signed in', async () => {
    const page = await browser.get(pathOf({ prompt: 'login' }));
    const resume = page.location?.searchParams.get('return_to') ?? '';
    expect(toSignIn(await browser.get(resume))).toBe(true);
  });

  it('The prompt select_account has an end user choose, who may go on as the one who is signed in', async () => {
    const chooser = await browser.follow(await browser.get(pathOf({ prompt: 'select_account' })));
    expect(chooser.html).toContain('ada@example.com');
    expect(responseOf(await browser.follow(await browser.submit(chooser)))).toHaveProperty('code');
  });

  it('The prompt select_account is not satisfied by coming back without having chosen', async () => {
    const page = await browser.get(pathOf({ prompt: 'select_account' }));
    const resume = page.location?.searchParams.get('return_to') ?? '';
    expect(toSignIn(await browser.get(resume))).toBe(true);
  });

  it('The prompts select_account and login together have an end user choose, then prove it', async () => {
    const chooser = await browser.follow(await browser.get(pathOf({ prompt: 'login select_account' })));
    const form = await browser.follow(await browser.submit(chooser));
    expect(form.html).toContain('name="password"');
    expect(responseOf(await browser.follow(await signIn(browser, form, ...ADA)))).toHaveProperty('code');
  });
});

describe('max_age', () => {
  it.each(['-1', '1.5', 'soon', '1e3', '99999999999'])(
    'The parameter max_age that is no number of seconds is refused: %s',
    async (max_age) => {
      expect(responseOf(await app.browser().get(pathOf({ max_age })))).toMatchObject({
        error: 'invalid_request',
        error_description: 'max_age must be a whole number of seconds, 0 or more',
      });
    },
  );

  it('The parameter max_age lets a recent sign-in pass and has an older one proved again', async () => {
    const browser = await ada.signIn();
    app.clock.travel({ seconds: 100 });
    expect(responseOf(await browser.get(pathOf({ max_age: '200' })))).toHaveProperty('code');
    expect(toSignIn(await browser.get(pathOf({ max_age: '50' })))).toBe(true);
    const back = await throughSignIn(browser, { max_age: '50' }, ADA);
    expect(responseOf(back)).toHaveProperty('code');
    expect(responseOf(await browser.get(pathOf({ max_age: '50' })))).toHaveProperty('code');
  });

  it('The parameter max_age 0 always asks, and is satisfied by signing in', async () => {
    const browser = await ada.signIn();
    app.clock.travel({ seconds: 1 });
    expect(responseOf(await throughSignIn(browser, { max_age: '0' }, ADA))).toHaveProperty('code');
    app.clock.travel({ seconds: 1 });
    expect(toSignIn(await browser.get(pathOf({ max_age: '0' })))).toBe(true);
  });

  it('The parameter max_age that is over is login_required under prompt=none', async () => {
    const browser = await ada.signIn();
    app.clock.travel({ seconds: 100 });
    const page = await browser.get(pathOf({ max_age: '50', prompt: 'none' }));
    expect(responseOf(page)).toMatchObject({ error: 'login_required' });
  });

  it("The parameter max_age comes from the client's default_max_age where the request says nothing", async () => {
    const browser = await ada.signIn();
    app.clock.travel({ seconds: 100 });
    expect(toSignIn(await browser.get(pathOf({ client_id: 'strict' })))).toBe(true);
    expect(responseOf(await browser.get(pathOf({ client_id: 'strict', max_age: '200' })))).toHaveProperty('code');
  });
});

describe('id_token_hint', () => {
  it('An id_token_hint of the end user who is signed in changes nothing', async () => {
    const browser = await ada.signIn();
    const page = await browser.get(pathOf({ id_token_hint: await hintFor(ada), prompt: 'none' }));
    expect(responseOf(page)).toHaveProperty('code');
  });

  it('An id_token_hint of another end user is login_required under prompt=none (OpenID Connect Core 3.1.2.1)', async () => {
    const browser = await bob.signIn();
    const page = await browser.get(pathOf({ id_token_hint: await hintFor(ada), prompt: 'none' }));
    expect(responseOf(page)).toMatchObject({ error: 'login_required' });
  });

  it('An id_token_hint of another end user has that end user sign in', async () => {
    const browser = await bob.signIn();
    app.clock.travel({ seconds: 5 });
    const chooser = await browser.follow(await browser.get(pathOf({ id_token_hint: await hintFor(ada) })));
    const another = /<a href="([^"]*account=another[^"]*)"/.exec(chooser.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const back = await browser.follow(await signIn(browser, await browser.get(another), ...ADA));
    expect(responseOf(back)).toHaveProperty('code');
  });

  it('An id_token_hint of another end user ends in login_required when the wrong one goes on', async () => {
    const browser = await bob.signIn();
    app.clock.travel({ seconds: 5 });
    const chooser = await browser.follow(await browser.get(pathOf({ id_token_hint: await hintFor(ada) })));
    expect(responseOf(await browser.follow(await browser.submit(chooser)))).toMatchObject({ error: 'login_required' });
  });

  it('An id_token_hint that is not ours, or of another client, is refused', async () => {
    const [header, payload] = (await hintFor(ada)).split('.');
    for (const id_token_hint of ['nonsense', `${header}.${payload}.`, await hintFor(ada, 'other')]) {
      expect(responseOf(await app.browser().get(pathOf({ id_token_hint })))).toMatchObject({
        error: 'invalid_request',
        error_description: 'id_token_hint is no id_token that this server gave this client',
      });
    }
  });
});

describe('the request in progress', () => {
  const resumePath = async (parameters: Parameters = {}) => {
    const page = await app.browser().get(pathOf(parameters));
    return page.location?.searchParams.get('return_to') ?? '';
  };

  it('The request in progress shows nothing of itself', async () => {
    const path = await resumePath({ state: 'a-secret-state' });
    expect(path).toMatch(/^\/oauth\/authorize\/resume\?request=[\w-]+$/);
    expect(Buffer.from(path.split('=')[1] ?? '', 'base64url').toString('latin1')).not.toContain('a-secret-state');
  });

  it.each([
    ['altered', (path: string) => path.replace(/request=.../, 'request=AAA')],
    ['cut short', (path: string) => path.slice(0, -8)],
    ['missing', () => '/oauth/authorize/resume'],
    ['empty', () => '/oauth/authorize/resume?request='],
    ['no base64', () => '/oauth/authorize/resume?request=%F0%9F%98%80'],
  ])('The request in progress ends on a page that says how to go on when it is %s', async (_, change) => {
    const page = await app.browser().get(change(await resumePath()));
    expect([page.status, page.location]).toEqual([400, undefined]);
    expect(page.html).toContain('Please start again');
  });

  it('The request in progress is over after an hour, with the way back to the client', async () => {
    const path = await resumePath({ client_id: 'other' });
    app.clock.travel({ seconds: 3590 });
    expect(toSignIn(await app.browser().get(path))).toBe(true);
    app.clock.travel({ seconds: 20 });
    const page = await app.browser().get(path);
    expect(page.status).toBe(400);
    expect(page.html).toContain('<a href="https://other.example/start"><bdi>other</bdi></a>');
  });

  it('The request in progress is checked against the client as it is when the end user comes back', async () => {
    const fading = anyClient.named('fading').firstParty();
    await fading.registeredAt(app);
    const path = await resumePath({ client_id: 'fading' });
    await fading.redirectingTo('https://elsewhere.example/').registeredAt(app);
    const browser = await ada.signIn();
    await eventually(async () => {
      const page = await browser.get(path);
      expect([page.status, page.html]).toEqual([400, expect.stringContaining('redirect_uri')]);
    });
  });
});
