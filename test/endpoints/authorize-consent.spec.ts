import { responseOf, signIn } from '../support/authorization-request.js';
import { aClient, type ClientMetadataInput } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { authorizationsOf, familiesUnder } from '../support/stored-grants.js';
import { takeBack } from '../support/taking-back.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

const CALLBACK = 'https://photos.example/callback';
const ADA = ['ada@example.com', PASSWORD] as const;
const BOB = ['bob@example.com', PASSWORD] as const;

let app: TestApp;
let ada: TestEndUser;
let bob: TestEndUser;
/** Ada is signed in here; tests that change this start a browser of their own. */
let adas: TestBrowser;
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().named('Ada Lovelace').registeredAt(app);
  bob = await anEndUser().withEmail(BOB[0]).registeredAt(app);
  adas = await ada.browser();
});
afterAll(() => app.stop());

let clients = 0;
/** A client that nobody has allowed anything yet. */
const newClient = (metadata: Partial<ClientMetadataInput> = {}): Promise<TestClient> =>
  aClient()
    .named(`client-${++clients}`)
    .public()
    .redirectingTo(CALLBACK)
    .allowed('openid profile email phone offline_access')
    .with({ client_name: 'Photo Printer', ...metadata })
    .registeredAt(app);

const ask = (browser: TestBrowser, client: TestClient, parameters: Parameters = {}) =>
  client.ask(browser, { scope: 'openid profile', ...parameters });
/** The scopes of what is allowed to the client at present. */
const allowed = async (client: TestClient) => (await authorizationsOf(client)).map(({ scopes }) => scopes);
const allow = (browser: TestBrowser, page: Page) => browser.submit(page, { decision: 'allow' });
const deny = (browser: TestBrowser, page: Page) => browser.submit(page, { decision: 'deny' });
const isConsent = (page: Page) => page.status === 200 && page.html.includes('action="/oauth/authorize/decision"');
/** The page as an end user reads it. */
const wordsOf = (page: Page) =>
  page.html
    .replace(/^.*<main[^>]*>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');

describe('the consent page', () => {
  it('The consent page says who asks, for what in sentences, where the answer goes, who is signed in, and how to undo it', async () => {
    const browser = await ada.signIn();
    const client = await newClient({
      publisher: 'Printers & Sons',
      client_uri: 'https://www.printer.example/about',
      policy_uri: 'https://www.printer.example/privacy',
      tos_uri: 'https://www.printer.example/terms',
    });
    const page = await ask(browser, client);
    expect(isConsent(page)).toBe(true);
    const words = wordsOf(page);
    expect(words).toContain('Allow Photo Printer ?');
    expect(words).toContain('Know that it is you');
    expect(words).toContain('See your name and the rest of your public profile');
    expect(words).toContain('Answer goes to photos.example');
    expect(words).toContain('Publisher Printers &amp; Sons');
    expect(words).toContain('Home page www.printer.example');
    expect(words).toContain('You are signed in as Ada Lovelace (ada@example.com) . Not you?');
    expect(words).toContain('You can take this back at any time');
    expect(page.html).toContain('href="https://www.printer.example/privacy"');
    expect(page.html).toContain('href="https://www.printer.example/terms"');
    expect(page.headers.get('content-security-policy')).not.toContain('form-action');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('The consent page gives Deny and Allow the same room, Deny first', async () => {
    const page = await ask(adas, await newClient());
    expect(page.html).toMatch(
      /<div class="actions"><button[^>]*value="deny"[^>]*>Deny<\/button><button[^>]*value="allow"[^>]*>Allow<\/button><\/div>/,
    );
  });

  it.each([
    ['http://127.0.0.1:51004/cb', 'Answer goes to a program on this device, 127.0.0.1:51004'],
    ['http://localhost:8080/cb', 'Answer goes to a program on this device, localhost:8080'],
    ['com.example.app:/cb', 'Answer goes to the program on this device that opens com.example.app: links'],
    ['https://photos.example:8443/cb', 'Answer goes to photos.example:8443'],
    ['https://bank.example.evil.example/bank.example', 'Answer goes to bank.example.evil.example'],
  ])('The consent page says in words where the answer goes: %s', async (redirect_uri, words) => {
    const client = await newClient({ redirect_uris: [redirect_uri] });
    const page = await ask(adas, client, { redirect_uri });
    expect(wordsOf(page)).toContain(words);
  });

  it('The consent page is not changed by a hostile name: no HTML, no direction marks, no line of 200 letters', async () => {
    const hostile = `<b>Bank</b>\u202e\u2066"'>${'\u0301'.repeat(20)}\n<script>alert(1)</script>${'W'.repeat(130)}`;
    const client = await newClient({ client_name: hostile, publisher: `\u202e${'P'.repeat(190)}` });
    const page = await ask(adas, client);
    expect(page.html).not.toMatch(/<b>|<script>|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(page.html).not.toMatch(/W{60}|P{60}|\u0301{3}/);
    expect(page.html).toMatch(/<h1><span[^>]* data-letter="B"><\/span>Allow <bdi>&lt;b>Bank&lt;\/b>/);
    expect(wordsOf(page)).toContain('Answer goes to photos.example');
    expect(isConsent(page)).toBe(true);
  });

  it('The consent page lets an end user sign in as somebody else, who is then asked', async () => {
    const browser = await ada.signIn();
    app.clock.travel({ seconds: 5 });
    const page = await ask(browser, await newClient());
    const hrefOf = (html: string, text: string) =>
      new RegExp(`<a href="([^"]*)">${text}`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const chooser = await browser.get(hrefOf(page.html, 'Not you'));
    const form = await browser.get(hrefOf(chooser.html, 'Use another'));
    const again = await browser.follow(await signIn(browser, form, ...BOB));
    expect(wordsOf(again)).toContain('You are signed in as bob@example.com');
    expect(responseOf(await allow(browser, again))).toHaveProperty('code');
  });
});

describe('allowing', () => {
  it('Allowing leads to the client with a code, state and iss, and is remembered', async () => {
    const client = await newClient();
    const page = await allow(adas, await ask(adas, client));
    expect(page.status).toBe(303);
    expect(responseOf(page)).toEqual({
      code: expect.stringMatching(/^gate_ac_/),
      state: 'a state & more',
      iss: app.url,
    });
    expect(responseOf(await ask(adas, client, { prompt: 'none' }))).toHaveProperty('code');
    expect(responseOf(await ask(adas, client, { scope: 'openid' }))).toHaveProperty('code');
  });

  it('Consent is asked for again only for more, with what is new told from what is allowed', async () => {
    const client = await newClient();
    await allow(adas, await ask(adas, client, { scope: 'openid profile' }));
    const page = await ask(adas, client, { scope: 'openid email' });
    expect(wordsOf(page)).toMatch(
      /New: it asks to See your e-mail address You have already allowed Photo Printer to Know that it is you/,
    );
    await allow(adas, page);
    expect(responseOf(await ask(adas, client, { scope: 'openid profile email' }))).toHaveProperty('code');
    expect(await allowed(client)).toEqual([['email', 'openid', 'profile']]);
  });

  it('Consent is asked for again under prompt=consent, also by a client of the operator', async () => {
    const client = await newClient({ first_party: true });
    expect(responseOf(await ask(adas, client))).toHaveProperty('code');
    const page = await ask(adas, client, { prompt: 'consent' });
    expect(isConsent(page)).toBe(true);
    expect(responseOf(await allow(adas, page))).toHaveProperty('code');
  });

  it('Consent is for the end user who gave it alone', async () => {
    const client = await newClient();
    await allow(adas, await ask(adas, client));
    expect(isConsent(await ask(await bob.signIn(), client))).toBe(true);
  });

  it('Consent cannot be asked for under prompt=none: consent_required', async () => {
    const page = await ask(adas, await newClient(), { prompt: 'none' });
    expect(responseOf(page)).toMatchObject({ error: 'consent_required', state: 'a state & more', iss: app.url });
  });

  it("Consent is not asked for by the operator's own client", async () => {
    const client = await newClient({ first_party: true });
    expect(responseOf(await ask(adas, client, { prompt: 'none' }))).toHaveProperty('code');
    expect(responseOf(await ask(adas, client, { scope: 'openid email phone' }))).toHaveProperty('code');
  });

  it('Allowing may be done in two tabs, and by two clicks on one', async () => {
    const client = await newClient();
    const one = await ask(adas, client, { state: 'one' });
    const two = await ask(adas, client, { state: 'two', scope: 'openid email' });
    const pages = await Promise.all([allow(adas, one), allow(adas, two), allow(adas, one)]);
    expect(pages.map((page) => responseOf(page).state)).toEqual(['one', 'two', 'one']);
    expect(new Set(pages.map((page) => responseOf(page).code)).size).toBe(3);
    expect(await allowed(client)).toEqual([['email', 'openid', 'profile']]);
  });

  it('Allowing works after signing in on the way, in the response mode that was asked for', async () => {
    const browser = app.browser();
    const form = await browser.follow(await ask(browser, await newClient(), { response_mode: 'form_post' }));
    const page = await browser.follow(await signIn(browser, form, ...ADA));
    const answer = await allow(browser, page);
    expect(answer.html).toContain(`action="${CALLBACK}"`);
    expect(hiddenFields(answer.html)).toMatchObject({ state: 'a state & more', iss: app.url });
  });

  it('Allowing after signing in satisfies prompt=login consent, without asking twice', async () => {
    const browser = await ada.signIn();
    app.clock.travel({ seconds: 5 });
    const form = await browser.follow(await ask(browser, await newClient(), { prompt: 'login consent' }));
    const page = await browser.follow(await signIn(browser, form, ...ADA));
    app.clock.travel({ seconds: 600 });
    expect(responseOf(await allow(browser, page))).toHaveProperty('code');
  });
});

describe('offline_access', () => {
  it('The scope offline_access is asked for as a sentence of its own and kept where a code comes back', async () => {
    const client = await newClient();
    const page = await ask(adas, client, { scope: 'openid offline_access', prompt: 'consent' });
    expect(wordsOf(page)).toContain('Keep this access while you are away');
    const { scope } = await tokensOf(client.redeem(responseOf(await allow(adas, page)).code ?? ''));
    expect(scope).toBe('openid offline_access');
  });
});

describe('denying', () => {
  it('Denying tells the client access_denied with state and iss, and records nothing (RFC 6749 4.1.2.1)', async () => {
    const client = await newClient();
    const page = await deny(adas, await ask(adas, client));
    expect(page.status).toBe(303);
    expect(page.location?.href).toContain(CALLBACK);
    expect(responseOf(page)).toMatchObject({ error: 'access_denied', state: 'a state & more', iss: app.url });
    expect(await allowed(client)).toEqual([]);
    expect(isConsent(await ask(adas, client))).toBe(true);
  });

  it('Denying leaves what was allowed before as it was', async () => {
    const client = await newClient();
    await allow(adas, await ask(adas, client));
    await deny(adas, await ask(adas, client, { scope: 'openid email' }));
    expect(responseOf(await ask(adas, client))).toHaveProperty('code');
  });

  it('Denying needs nobody to be signed in any more', async () => {
    const browser = await ada.signIn();
    const page = await ask(browser, await newClient());
    browser.cookies.delete('gatehouse_session');
    expect(responseOf(await deny(browser, page))).toMatchObject({ error: 'access_denied' });
  });
});

describe('the decision form', () => {
  it('The decision form of one end user allows nothing for another who has signed in meanwhile', async () => {
    const browser = await ada.signIn();
    const client = await newClient();
    const shownToAda = await ask(browser, client);
    await signIn(browser, await browser.get('/login?account=another'), ...BOB);
    const page = await allow(browser, shownToAda);
    expect([page.status, page.location]).toEqual([403, undefined]);
    expect(wordsOf(page)).toContain('Nothing was allowed');
    expect(await allowed(client)).toEqual([]);
    expect(wordsOf(page)).toContain('You are signed in as bob@example.com');
    expect(responseOf(await allow(browser, page))).toHaveProperty('code');
  });

  it('The decision form leads to signing in, and asks again, when the session is over', async () => {
    const browser = await ada.signIn();
    const page = await ask(browser, await newClient());
    browser.cookies.delete('gatehouse_session');
    const form = await browser.follow(await allow(browser, page));
    expect(form.html).toContain('name="password"');
    expect(isConsent(await browser.follow(await signIn(browser, form, ...ADA)))).toBe(true);
  });

  it('The decision form is refused from another browser or site', async () => {
    const browser = await ada.signIn();
    const client = await newClient();
    const fields = hiddenFields((await ask(browser, client)).html);
    const elsewhere = await ada.signIn();
    await ask(elsewhere, client);
    const forged = [
      await elsewhere.post('/oauth/authorize/decision', { ...fields, decision: 'allow' }),
      await browser.post('/oauth/authorize/decision', { ...fields, csrf_token: '', decision: 'allow' }),
      await browser.post('/oauth/authorize/decision', { request: fields.request ?? '', decision: 'deny' }),
    ];
    expect(forged.map(({ status, location }) => [status, location])).toEqual(Array(3).fill([403, undefined]));
    expect(await allowed(client)).toEqual([]);
  });

  it.each(['', 'yes', 'ALLOW', '\0'])('The decision form must say allow or deny, not %j', async (decision) => {
    const page = await adas.submit(await ask(adas, await newClient()), { decision });
    expect([page.status, page.location]).toEqual([400, undefined]);
  });

  it('The decision form ends on a page that says how to go on when it is altered or over an hour old', async () => {
    const page = await ask(adas, await newClient({ client_uri: 'https://www.printer.example/' }));
    const altered = await adas.submit(page, { decision: 'allow', request: 'x' });
    expect([altered.status, wordsOf(altered)]).toEqual([400, expect.stringContaining('Please start again')]);
    app.clock.travel({ seconds: 3601 });
    const late = await allow(adas, page);
    expect([late.status, late.location]).toEqual([400, undefined]);
    expect(late.html).toContain('<a href="https://www.printer.example/"><bdi>Photo Printer</bdi></a>');
  });

  it('The decision form cannot be made from the address of the way back after sign-in', async () => {
    const browser = app.browser();
    const client = await newClient();
    const toLogin = await ask(browser, client);
    const request = /request=([\w-]+)/.exec(toLogin.location?.searchParams.get('return_to') ?? '')?.[1] ?? '';
    const page = await browser.follow(await signIn(browser, await browser.follow(toLogin), ...ADA));
    const answer = await browser.submit(page, { request, decision: 'allow' });
    expect(answer.status).toBe(403);
    expect(await allowed(client)).toEqual([]);
  });

  it('The decision form takes no other content type', async () => {
    const page = await adas.post('/oauth/authorize/decision', { a: 'b' }, { 'content-type': 'application/json' });
    expect(page.status).toBe(400);
  });
});

describe('the page of what an end user allowed', () => {
  it('The page of what an end user allowed shows each client with what it may do, and takes it back with all that came from it', async () => {
    const browser = await bob.browser();
    const client = await newClient({ client_name: 'Calendar' });
    const { access_token: token } = await client.signIn(bob, { scope: 'openid profile' });
    const me = () => app.get('/api/me', { authorization: `Bearer ${token}` });
    expect((await me()).status).toBe(200);
    const page = await browser.get('/oauth/authorizations');
    expect(wordsOf(page)).toMatch(/Calendar Since \d{4}-\d\d-\d\d it may Know that it is you/);
    const [authorization] = await authorizationsOf(client);
    await takeBack(bob, client);
    expect((await browser.get('/oauth/authorizations')).html).not.toContain(authorization?.id);
    expect(await familiesUnder(app, authorization?.id)).toMatchObject([
      { isRevoked: true, revokedBecause: expect.stringContaining('end user') },
    ]);
    expect((await me()).status).toBe(401);
    expect(isConsent(await ask(browser, client))).toBe(true);
  });

  it("The page of what an end user allowed takes back nobody else's", async () => {
    const client = await newClient();
    await allow(adas, await ask(adas, client));
    const id = (await authorizationsOf(client))[0]?.id ?? '';
    const other = await bob.signIn();
    await allow(other, await ask(other, await newClient()));
    const page = await other.get('/oauth/authorizations');
    for (const authorization of [id, 'nonsense', '']) {
      expect((await other.submit(page, { authorization })).status).toBe(303);
    }
    expect(responseOf(await ask(adas, client))).toHaveProperty('code');
  });

  it('The page of what an end user allowed is for those who are signed in, and its form for their own browser', async () => {
    expect((await app.browser().get('/oauth/authorizations')).location?.pathname).toBe('/login');
    expect((await adas.post('/oauth/authorizations/revoke', { authorization: 'x' })).status).toBe(403);
  });
});
