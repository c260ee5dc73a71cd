import { crc32 } from 'node:zlib';
import { Controller, Get, Global, Module, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { EndUserSession, LoginChoices, Public, type SignedInEndUser, type SignInRequest } from 'gatehouse';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { race } from '../support/race.js';
import { dumpOf, rowOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';
import { watchUpdates } from '../support/writes.js';

const COOKIE = 'gatehouse_session';
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const WRONG = 'The e-mail address or the password is wrong';

/** A public route that tells who is signed in, as the authorization endpoint asks. */
@Public()
@Controller('whoami')
class WhoAmIController {
  constructor(private readonly session: EndUserSession) {}

  @Get()
  async show(@Req() request: Request): Promise<object> {
    return (await this.session.current(request)) ?? {};
  }

  /** Signs out at the browser that asks, or wherever the session that it names is. */
  @Post()
  async end(@Req() request: Request, @Res() response: Response): Promise<void> {
    const sessionId = new URL(request.url, 'http://here').searchParams.get('sid');
    await (sessionId === null ? this.session.end(request, response) : this.session.endBySessionId(sessionId));
    response.status(204).end();
  }
}

class FakeLoginChoices extends LoginChoices {
  choices({ returnTo }: SignInRequest) {
    return [{ service: 'Corp', href: `/auth/corp?return_to=${encodeURIComponent(returnTo)}` }];
  }
}

@Global()
@Module({
  controllers: [WhoAmIController],
  providers: [{ provide: LoginChoices, useClass: FakeLoginChoices }],
  exports: [LoginChoices],
})
class ExtensionModule {}

let app: TestApp;
let ada: TestEndUser;
beforeAll(async () => {
  app = await TestApp.start({ extensions: [ExtensionModule] });
  ada = await anEndUser().named('Ada Lovelace').registeredAt(app);
  await anEndUser().withEmail('bob@example.com').registeredAt(app);
});
afterAll(() => app.stop());

const urlOf = (ask: Partial<SignInRequest>) =>
  app.port(EndUserSession).signInUrl({ returnTo: '/whoami', reason: 'sign-in', ...ask });

async function attempt(browser: TestBrowser, email: string, password: string, url = '/login'): Promise<Page> {
  return browser.submit(await browser.get(url), { email, password });
}

const signedIn = () => ada.signIn();

async function whoIs(browser: TestBrowser): Promise<Partial<SignedInEndUser>> {
  return JSON.parse((await browser.get('/whoami')).html);
}

const inputOf = (page: Page, name: string) => new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page.html)?.[0];

describe('signing in with a password', () => {
  it('Signing in with a password leads back to where the end user was, signed in by password just now', async () => {
    const browser = app.browser();
    const page = await attempt(browser, ' Ada@Example.com ', PASSWORD, '/login?return_to=%2Fwhoami%3Fa%3D1');
    expect([page.status, page.location?.href]).toEqual([303, `${app.url}/whoami?a=1`]);
    const endUser = await whoIs(browser);
    expect(endUser).toMatchObject({ subject: ada.id, amr: ['pwd'], confirmedAt: endUser.authTime });
    expect(Date.now() - new Date(endUser.authTime ?? 0).getTime()).toBeLessThan(10_000);
  });

  it('The sign-in form lets password managers fill it in', async () => {
    const page = await app.browser().get('/login');
    expect(page.status).toBe(200);
    expect(page.html).toMatch(/<title>Sign in /);
    expect(page.html).toMatch(/<label for="email">.*<label for="password">/);
    expect(inputOf(page, 'email')).toMatch(/type="email".*autocomplete="username"/);
    expect(inputOf(page, 'password')).toMatch(/type="password".*autocomplete="current-password"/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('The sign-in form says the same of a wrong password, of an unknown account and of one without a password', async () => {
    await anEndUser().withEmail('elsewhere@example.com').withoutPassword().registeredAt(app);
    const pages = [
      await attempt(app.browser(), 'ada@example.com', 'nobody has this password'),
      await attempt(app.browser(), 'bea@example.com', 'nobody has this password'),
      await attempt(app.browser(), 'elsewhere@example.com', 'nobody has this password'),
    ];
    const words = pages.map(({ status, html }) => [
      status,
      html.replace(/name="csrf_token" value="[^"]*"/, '').replaceAll(/(ada|bea|elsewhere)@example\.com/g, ''),
    ]);
    expect(words[0]).toEqual([422, expect.stringContaining(WRONG)]);
    expect(words[1]).toEqual(words[0]);
    expect(words[2]).toEqual(words[0]);
  });

  it('The sign-in form works as hard for an unknown account as for a wrong password', async () => {
    await anEndUser().withEmail('known@example.com').registeredAt(app);
    const processorTime = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
    for (let round = 0; round < 7; round++) {
      for (const who of ['known', 'unknown'] as const) {
        const browser = app.browser();
        const form = hiddenFields((await browser.get('/login')).html);
        const before = process.cpuUsage();
        await browser.post('/login', { ...form, email: `${who}@example.com`, password: 'wrong' });
        const { user, system } = process.cpuUsage(before);
        processorTime[who] = Math.min(processorTime[who], user + system);
      }
    }
    expect(processorTime.unknown / processorTime.known).toBeGreaterThan(0.7);
    expect(processorTime.unknown / processorTime.known).toBeLessThan(1.4);
  });

  it('The sign-in form points at what is to be put right, keeps the address and forgets the password', async () => {
    const page = await attempt(app.browser(), 'ada@example.com', 'incorrect horse');
    expect(page.html).toContain('<title>Error: Sign in ');
    expect(page.html).toMatch(/role="alert"[^>]*autofocus/);
    expect(page.html).toContain(`<a href="#password">${WRONG}</a>`);
    expect(page.html).toContain(`id="password-error">${WRONG}<`);
    expect(inputOf(page, 'password')).toMatch(/aria-describedby="password-error" aria-invalid="true"/);
    expect(inputOf(page, 'email')).toContain('value="ada@example.com"');
    expect(page.html).not.toContain('incorrect horse');
  });

  it('The sign-in form asks for what is missing', async () => {
    const page = await attempt(app.browser(), ' ', '');
    expect(page.status).toBe(422);
    expect(page.html).toContain('<a href="#email">Enter your e-mail address</a>');
    expect(page.html).toContain('<a href="#password">Enter your password</a>');
  });

  it('The sign-in page sends an end user who is signed in straight on', async () => {
    const page = await (await signedIn()).get('/login?return_to=/whoami');
    expect([page.status, page.location?.pathname]).toEqual([303, '/whoami']);
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/%5cevil.example/../\\evil.example',
    '/\tevil.example',
    '/%09//evil.example\n',
    'evil.example',
  ])('A sign-in goes to / rather than to %j', async (returnTo) => {
    const page = await attempt(
      app.browser(),
      'ada@example.com',
      PASSWORD,
      `/login?return_to=${encodeURIComponent(returnTo)}`,
    );
    expect([page.status, page.headers.get('location')]).toEqual([303, '/']);
  });

  it('The sign-in form escapes what is typed and what comes in the address', async () => {
    const hostile = '"><script>alert(1)</script>';
    const hinted = await app
      .browser()
      .get(`/login?${new URLSearchParams({ login_hint: hostile, return_to: hostile })}`);
    const typed = await attempt(app.browser(), hostile, 'x');
    expect(hinted.html + typed.html).not.toContain('<script>alert');
  });

  it('The sign-in page offers other ways to sign in that lead to the same place', async () => {
    const page = await app.browser().get('/login?return_to=/whoami');
    expect(page.html).toMatch(/<a[^>]*href="\/auth\/corp\?return_to=%2Fwhoami"[^>]*>Sign in with Corp<\/a>/);
  });
});

describe('the ask for a sign-in', () => {
  it('The sign-in page fills in the login hint and names the client', async () => {
    const page = await app.browser().get(urlOf({ loginHint: 'ada@example.com', client: { name: 'Photo <Printer>' } }));
    expect(inputOf(page, 'email')).toContain('value="ada@example.com"');
    expect(page.html).toContain('Photo &lt;Printer');
  });

  it('The sign-in page names no client in a link that this server did not write for this way back', async () => {
    const url = new URL(urlOf({ client: { name: 'Photo Printer' } }), app.url);
    url.searchParams.set('return_to', '/elsewhere');
    expect((await app.browser().get(url.href)).html).not.toContain('Photo Printer');
    url.searchParams.set('client', 'Your Bank');
    expect((await app.browser().get(url.href)).html).not.toContain('Your Bank');
  });

  it('The page to prove it again shows who is signed in, and ends with a new time of authentication', async () => {
    const browser = await signedIn();
    const before = await whoIs(browser);
    app.clock.travel({ seconds: MINUTE });
    const page = await browser.get(urlOf({ reason: 'reauthenticate', loginHint: 'bob@example.com' }));
    expect(page.html).toContain('<title>Confirm it is you ');
    expect(inputOf(page, 'email')).toMatch(/value="ada@example.com".*readonly/);
    const refused = await browser.submit(page, { email: 'ada@example.com', password: 'wrong' });
    expect(inputOf(refused, 'email')).toMatch(/value="ada@example.com".*readonly/);
    expect((await whoIs(browser)).authTime).toBe(before.authTime);
    await browser.submit(refused, { email: 'ada@example.com', password: PASSWORD });
    const after = await whoIs(browser);
    expect(new Date(after.authTime ?? 0).getTime()).toBeGreaterThan(new Date(before.authTime ?? 0).getTime() + 59_000);
  });

  it('The page to prove it again lets somebody else sign in', async () => {
    const browser = await signedIn();
    const page = await browser.get(urlOf({ reason: 'reauthenticate' }));
    const [, href = ''] = /<a[^>]*href="([^"]*)"[^>]*>Use another account/.exec(page.html) ?? [];
    const another = await browser.get(href.replaceAll('&amp;', '&'));
    expect(inputOf(another, 'email')).not.toMatch(/readonly|value=/);
    const done = await browser.submit(another, { email: 'bob@example.com', password: PASSWORD });
    expect(done.location?.pathname).toBe('/whoami');
    expect((await whoIs(browser)).subject).not.toBe(ada.id);
  });

  it('The page to choose an account goes on as who is signed in by one click, which does not count as authentication', async () => {
    const browser = await signedIn();
    const before = await whoIs(browser);
    app.clock.travel({ seconds: MINUTE });
    const page = await browser.get(urlOf({ reason: 'select-account', client: { name: 'Photo Printer' } }));
    expect(page.html).toContain('Photo Printer');
    expect(page.html).toMatch(/Continue as <bdi>Ada Lovelace \(ada@example\.com\)<\/bdi>/);
    const done = await browser.submit(page);
    expect([done.status, done.location?.pathname]).toEqual([303, '/whoami']);
    const after = await whoIs(browser);
    expect(after).toMatchObject({ authTime: before.authTime, sessionId: before.sessionId });
    expect(new Date(after.confirmedAt ?? 0).getTime()).toBeGreaterThan(
      new Date(before.confirmedAt ?? 0).getTime() + 59_000,
    );
  });

  it('The page to choose an account shows a hostile name as plain words', async () => {
    const hostile = '<b>Your bank</b>\u202e moc.elpmaxe\n'.repeat(20);
    const mallory = await anEndUser().withEmail('mallory@example.com').named(hostile).registeredAt(app);
    const page = await (await mallory.browser()).get(urlOf({ reason: 'select-account' }));
    expect(page.html).toMatch(/<bdi>&lt;b[^<\u202e]{1,90}… \(mallory@example\.com\)<\/bdi>/);
  });

  it('The page to choose an account shows the form on the way to another account, and to an end user who is not signed in', async () => {
    const browser = await signedIn();
    const page = await browser.get(urlOf({ reason: 'select-account' }));
    const [, href = ''] = /<a[^>]*href="([^"]*)"[^>]*>Use another account/.exec(page.html) ?? [];
    expect(inputOf(await browser.get(href.replaceAll('&amp;', '&')), 'password')).toBeDefined();
    await browser.submit(await browser.get('/logout'));
    const late = await browser.follow(await browser.submit(page));
    expect(inputOf(late, 'password')).toBeDefined();
  });
});

describe('a sign-in session', () => {
  it('A sign-in session is a host-only cookie out of reach of scripts, of which only the digest is stored', async () => {
    const browser = app.browser();
    const page = await attempt(browser, 'ada@example.com', PASSWORD);
    const setCookie = page.headers.getSetCookie().find((line) => line.startsWith(COOKIE));
    expect(setCookie).toMatch(/^gatehouse_session=gate_ss_[\w-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
    const value = browser.cookies.get(COOKIE) ?? '';
    expect(await rowOf(app, 'sign_in_sessions', value)).toBeDefined();
    expect(await dumpOf(app, 'sign_in_sessions')).not.toContain(value);
  });

  it('A sign-in session gets a new id at every sign-in, and the id that the browser came with ends', async () => {
    const browser = await signedIn();
    const planted = browser.cookies.get(COOKIE) ?? '';
    await attempt(browser, 'bob@example.com', PASSWORD, '/login?reason=select-account&account=another');
    expect(browser.cookies.get(COOKIE)).not.toBe(planted);
    expect((await whoIs(browser)).subject).not.toBe(ada.id);
    browser.cookies.set(COOKIE, planted);
    expect(await whoIs(browser)).toEqual({});
    expect(await rowOf(app, 'sign_in_sessions', planted)).toBeUndefined();
  });

  it('A sign-in session ends a day after the last request', async () => {
    const [busy, idle] = [await signedIn(), await signedIn()];
    app.clock.travel({ seconds: 23 * HOUR });
    expect(await whoIs(busy)).toMatchObject({ subject: ada.id });
    app.clock.travel({ seconds: HOUR + 1 });
    expect(await whoIs(busy)).toMatchObject({ subject: ada.id });
    expect(await whoIs(idle)).toEqual({});
  });

  it('A sign-in session ends two weeks after the sign-in, however busy the end user is', async () => {
    const browser = await signedIn();
    for (let halfDays = 1; halfDays < 28; halfDays++) {
      app.clock.travel({ seconds: DAY / 2 });
      expect(await whoIs(browser)).toMatchObject({ subject: ada.id });
    }
    app.clock.travel({ seconds: DAY / 2 });
    expect(await whoIs(browser)).toEqual({});
  });

  it('A sign-in session is written to every five minutes at most', async () => {
    const browser = await signedIn();
    const writes = await watchUpdates(app, 'sign_in_sessions');
    app.clock.travel({ seconds: 5 * MINUTE - 5 });
    await whoIs(browser);
    expect(await writes.statements()).toBe(0);
    app.clock.travel({ seconds: 5 });
    const token = browser.cookies.get(COOKIE) ?? '';
    const requests = [1, 2, 3].map(() => () => whoIs(browser));
    await race(app, { table: 'sign_in_sessions', token }, requests);
    expect(await writes.rows()).toBe(1);
    const statements = await writes.statements();
    await whoIs(browser);
    expect(await writes.statements()).toBe(statements);
  });

  it('A sign-in session ends with the account that is disabled or deleted', async () => {
    const eve = await anEndUser().withEmail('eve@example.com').registeredAt(app);
    const browser = await eve.browser();
    expect(await whoIs(browser)).toMatchObject({ subject: eve.id });
    await eve.disable();
    expect(await whoIs(browser)).toEqual({});
    await eve.remove();
    expect(await whoIs(browser)).toEqual({});
  });

  it('A sign-in session is not found by a made-up cookie, whatever its form', async () => {
    const body = `gate_ss_zzzzzz_${'a'.repeat(43)}`;
    for (const value of ['', 'x', '%00', body + crc32(body).toString(36).padStart(7, '0')]) {
      const page = await app.browser().get('/whoami', { cookie: `${COOKIE}=${value}` });
      expect([page.status, page.html]).toEqual([200, '{}']);
    }
  });
});

describe('signing out', () => {
  it('Signing out asks first, ends the session, clears the cookie and says so', async () => {
    const browser = await signedIn();
    const cookie = browser.cookies.get(COOKIE) ?? '';
    const question = await browser.get('/logout');
    expect(question.html).toContain('<title>Sign out? ');
    expect(question.html).toContain('Ada Lovelace (ada@example.com)');
    expect(await whoIs(browser)).toMatchObject({ subject: ada.id });
    const answer = await browser.submit(question);
    expect(answer.status).toBe(303);
    expect((await browser.follow(answer)).html).toContain('<h1>You are signed out</h1>');
    expect(browser.cookies.has(COOKIE)).toBe(false);
    browser.cookies.set(COOKIE, cookie);
    expect(await whoIs(browser)).toEqual({});
  });

  it('Signing out can be done by an application for the browser that asks, whose cookie is cleared', async () => {
    const browser = await signedIn();
    const cookie = browser.cookies.get(COOKIE) ?? '';
    expect((await browser.post('/whoami', {})).status).toBe(204);
    expect(browser.cookies.has(COOKIE)).toBe(false);
    browser.cookies.set(COOKIE, cookie);
    expect(await whoIs(browser)).toEqual({});
  });

  it('Signing out can be done by an application from afar, by the id of one sign-in and without touching another', async () => {
    const [here, there] = [await signedIn(), await signedIn()];
    const { sessionId } = (await whoIs(there)) as { sessionId: string };
    for (let time = 0; time < 2; time++) {
      expect((await app.browser().post(`/whoami?sid=${sessionId}`, {})).status).toBe(204);
    }
    expect(await whoIs(there)).toEqual({});
    expect(await whoIs(here)).toMatchObject({ subject: ada.id });
  });

  it('Signing out does nothing to an end user who is not signed in', async () => {
    const browser = app.browser();
    const page = await browser.get('/logout');
    expect(page.html).toContain('<h1>You are signed out</h1>');
    const { csrf_token = '' } = hiddenFields((await browser.get('/login')).html);
    expect((await browser.post('/logout', { csrf_token })).status).toBe(303);
  });
});

describe('a form of these pages', () => {
  const paths = ['/login', '/login/continue', '/logout'];

  it('A form of these pages is believed where the browser itself says that a page of ours sent it: two first tabs at once both sign in', async () => {
    await anEndUser().withEmail('two-tabs@example.com').registeredAt(app);
    const browser = app.browser();
    const tabs = await Promise.all([browser.get('/login'), browser.get('/login')]);
    const form = { email: 'two-tabs@example.com', password: PASSWORD };
    const send = (html: string, site: string) =>
      browser.post('/login', { ...hiddenFields(html), ...form }, { 'sec-fetch-site': site });
    const own = await Promise.all(tabs.map(({ html }) => send(html, 'same-origin')));
    expect(own.map(({ status }) => status)).toEqual([303, 303]);
    for (const site of ['same-site', 'cross-site', 'none']) expect((await send('', site)).status).toBe(403);
  });

  it.each(paths)(
    'A form of these pages posted to %s without the token of this browser is refused and changes nothing',
    async (path) => {
      const browser = await signedIn();
      const before = await whoIs(browser);
      const cookies = new Map(browser.cookies);
      const { csrf_token = '' } = hiddenFields((await app.browser().get('/login')).html);
      const form = { email: 'bob@example.com', password: PASSWORD };
      for (const token of [{}, { csrf_token: '' }, { csrf_token: 'x' }, { csrf_token }]) {
        const page = await browser.post(path, { ...form, ...token });
        expect([page.status, page.html]).toEqual([
          403,
          expect.stringContaining('This form was not opened in this browser'),
        ]);
      }
      expect(browser.cookies).toEqual(cookies);
      expect(await whoIs(browser)).toEqual(before);
    },
  );

  it('A form of these pages is taken with the Origin that browsers send under Referrer-Policy no-referrer', async () => {
    const browser = app.browser();
    const fields = hiddenFields((await browser.get('/login')).html);
    const form = { ...fields, email: 'ada@example.com', password: PASSWORD };
    expect((await browser.post('/login', form, { origin: 'null' })).status).toBe(303);
  });

  it.each(paths)('A form of these pages posted to %s in a broken way is refused with a reason', async (path) => {
    const browser = app.browser();
    const { csrf_token = '' } = hiddenFields((await browser.get('/login')).html);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const post = async (body: string, type = 'application/x-www-form-urlencoded') => {
      const response = await app.post(path, body, { cookie, accept: 'text/html', 'content-type': type });
      return [response.status, await response.text()];
    };
    const token = `csrf_token=${encodeURIComponent(csrf_token)}`;
    expect(await post(`${token}&email=a%00b&password=x`)).toEqual([400, expect.stringContaining('NUL')]);
    expect(await post(`${token}&email=%ff&password=x`)).toEqual([400, expect.stringContaining('percent-encoding')]);
    expect(await post(`${token}&${token}`)).toEqual([400, expect.stringContaining('more than once')]);
    expect(await post('{}', 'application/json')).toEqual([400, expect.stringContaining('x-www-form-urlencoded')]);
    expect(await post(`${token}&email=${'a'.repeat(1_000_000)}`)).toEqual([413, expect.stringContaining('256 KiB')]);
  });

  it('A form of these pages with a huge address and a huge password is answered as any other wrong one', async () => {
    const page = await attempt(app.browser(), 'ä'.repeat(20_000), '🗝'.repeat(5_000));
    expect([page.status, page.html]).toEqual([422, expect.stringContaining(WRONG)]);
  });

  it.each(['/login?return_to=%00', '/login?return_to=%ff', '/login?return_to=/a&return_to=/b'])(
    'A form of these pages is not shown at %s',
    async (path) => {
      expect((await app.browser().get(path)).status).toBe(400);
    },
  );
});
