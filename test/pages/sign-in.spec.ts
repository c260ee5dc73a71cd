import { crc32 } from 'node:zlib';
import { Controller, Get, Global, Module, Req } from '@nestjs/common';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import { LoginChoices } from '../../src/auth/sign-in/login-choices.js';
import { digestOf } from '../../src/common/crypto/random-token.js';
import { Public } from '../../src/common/http/route-access.js';
import { EndUserSession, type SignedInEndUser, type SignInAsk } from '../../src/users/session/end-user-session.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';

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
}

class FakeLoginChoices extends LoginChoices {
  choices({ returnTo }: SignInAsk) {
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
let adaId: string;
beforeAll(async () => {
  app = await TestApp.start({ extensions: [ExtensionModule] });
  const ada = { email: 'ada@example.com', password: 'correct horse', claims: { name: 'Ada Lovelace' } };
  adaId = (await app.registerUser(ada)).id;
  await app.registerUser({ email: 'bob@example.com', password: 'battery staple' });
});
afterAll(() => app.stop());

const sql = (text: string, values: unknown[] = []) => app.nest.get(DataSource).query(text, values);

const urlOf = (ask: Partial<SignInAsk>) =>
  app.nest.get(EndUserSession, { strict: false }).signInUrl({ returnTo: '/whoami', reason: 'sign-in', ...ask });

async function attempt(browser: TestBrowser, email: string, password: string, url = '/login'): Promise<Page> {
  return browser.submit(await browser.get(url), { email, password });
}

async function signedIn(email = 'ada@example.com', password = 'correct horse'): Promise<TestBrowser> {
  const browser = app.browser();
  expect((await attempt(browser, email, password)).status).toBe(303);
  return browser;
}

async function whoIs(browser: TestBrowser): Promise<Partial<SignedInEndUser>> {
  return JSON.parse((await browser.get('/whoami')).html);
}

const inputOf = (page: Page, name: string) => new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page.html)?.[0];

describe('signing in with a password', () => {
  it('leads back to where the person was, signed in by password just now', async () => {
    const browser = app.browser();
    const page = await attempt(browser, ' Ada@Example.com ', 'correct horse', '/login?return_to=%2Fwhoami%3Fa%3D1');
    expect([page.status, page.location?.href]).toEqual([303, `${app.url}/whoami?a=1`]);
    const endUser = await whoIs(browser);
    expect(endUser).toMatchObject({ userId: adaId, amr: ['pwd'], confirmedAt: endUser.authTime });
    expect(Date.now() - new Date(endUser.authTime ?? 0).getTime()).toBeLessThan(10_000);
  });

  it('lets password managers fill in the form', async () => {
    const page = await app.browser().get('/login');
    expect(page.status).toBe(200);
    expect(page.html).toMatch(/<title>Sign in /);
    expect(page.html).toMatch(/<label for="email">.*<label for="password">/);
    expect(inputOf(page, 'email')).toMatch(/type="email".*autocomplete="username"/);
    expect(inputOf(page, 'password')).toMatch(/type="password".*autocomplete="current-password"/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('says the same of a wrong password, of an unknown account and of one without a password', async () => {
    await app.registerUser({ email: 'elsewhere@example.com' });
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

  it('works as hard for an unknown account as for a wrong password', async () => {
    await app.registerUser({ email: 'known@example.com', password: 'a password' });
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

  it('points at what is to be put right, keeps the address and forgets the password', async () => {
    const page = await attempt(app.browser(), 'ada@example.com', 'incorrect horse');
    expect(page.html).toContain('<title>Error: Sign in ');
    expect(page.html).toMatch(/role="alert"[^>]*autofocus/);
    expect(page.html).toContain(`<a href="#password">${WRONG}</a>`);
    expect(page.html).toContain(`id="password-error">${WRONG}<`);
    expect(inputOf(page, 'password')).toMatch(/aria-describedby="password-error" aria-invalid="true"/);
    expect(inputOf(page, 'email')).toContain('value="ada@example.com"');
    expect(page.html).not.toContain('incorrect horse');
  });

  it('asks for what is missing', async () => {
    const page = await attempt(app.browser(), ' ', '');
    expect(page.status).toBe(422);
    expect(page.html).toContain('<a href="#email">Enter your e-mail address</a>');
    expect(page.html).toContain('<a href="#password">Enter your password</a>');
  });

  it('sends a person who is signed in straight on', async () => {
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
  ])('goes to / rather than to %j', async (returnTo) => {
    const page = await attempt(
      app.browser(),
      'ada@example.com',
      'correct horse',
      `/login?return_to=${encodeURIComponent(returnTo)}`,
    );
    expect([page.status, page.headers.get('location')]).toEqual([303, '/']);
  });

  it('escapes what is typed and what comes in the address', async () => {
    const hostile = '"><script>alert(1)</script>';
    const hinted = await app
      .browser()
      .get(`/login?${new URLSearchParams({ login_hint: hostile, return_to: hostile })}`);
    const typed = await attempt(app.browser(), hostile, 'x');
    expect(hinted.html + typed.html).not.toContain('<script>alert');
  });

  it('offers other ways to sign in that lead to the same place', async () => {
    const page = await app.browser().get('/login?return_to=/whoami');
    expect(page.html).toMatch(/<a[^>]*href="\/auth\/corp\?return_to=%2Fwhoami"[^>]*>Sign in with Corp<\/a>/);
  });
});

describe('the ask for a sign-in', () => {
  it('fills in the login hint and names the client', async () => {
    const page = await app.browser().get(urlOf({ loginHint: 'ada@example.com', clientName: 'Photo <Printer>' }));
    expect(inputOf(page, 'email')).toContain('value="ada@example.com"');
    expect(page.html).toContain('Photo &lt;Printer');
  });

  it('names no client in a link that this server did not write for this way back', async () => {
    const url = new URL(urlOf({ clientName: 'Photo Printer' }), app.url);
    url.searchParams.set('return_to', '/elsewhere');
    expect((await app.browser().get(url.href)).html).not.toContain('Photo Printer');
    url.searchParams.set('client', 'Your Bank');
    expect((await app.browser().get(url.href)).html).not.toContain('Your Bank');
  });

  it('to prove it again shows who is signed in, and ends with a new time of authentication', async () => {
    const browser = await signedIn();
    const before = await whoIs(browser);
    app.clock.travel({ seconds: MINUTE });
    const page = await browser.get(urlOf({ reason: 'reauthenticate', loginHint: 'bob@example.com' }));
    expect(page.html).toContain('<title>Confirm it is you ');
    expect(inputOf(page, 'email')).toMatch(/value="ada@example.com".*readonly/);
    const refused = await browser.submit(page, { email: 'ada@example.com', password: 'wrong' });
    expect(inputOf(refused, 'email')).toMatch(/value="ada@example.com".*readonly/);
    expect((await whoIs(browser)).authTime).toBe(before.authTime);
    await browser.submit(refused, { email: 'ada@example.com', password: 'correct horse' });
    const after = await whoIs(browser);
    expect(new Date(after.authTime ?? 0).getTime()).toBeGreaterThan(new Date(before.authTime ?? 0).getTime() + 59_000);
  });

  it('to prove it again lets somebody else sign in', async () => {
    const browser = await signedIn();
    const page = await browser.get(urlOf({ reason: 'reauthenticate' }));
    const [, href = ''] = /<a[^>]*href="([^"]*)"[^>]*>Use another account/.exec(page.html) ?? [];
    const another = await browser.get(href.replaceAll('&amp;', '&'));
    expect(inputOf(another, 'email')).not.toMatch(/readonly|value=/);
    const done = await browser.submit(another, { email: 'bob@example.com', password: 'battery staple' });
    expect(done.location?.pathname).toBe('/whoami');
    expect((await whoIs(browser)).userId).not.toBe(adaId);
  });

  it('to choose an account goes on as who is signed in by one click, which does not count as authentication', async () => {
    const browser = await signedIn();
    const before = await whoIs(browser);
    app.clock.travel({ seconds: MINUTE });
    const page = await browser.get(urlOf({ reason: 'select-account', clientName: 'Photo Printer' }));
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

  it('to choose an account shows a hostile name as plain words', async () => {
    const hostile = '<b>Your bank</b>\u202e moc.elpmaxe\n'.repeat(20);
    await app.registerUser({ email: 'mallory@example.com', password: 'pw', claims: { name: hostile } });
    const page = await (await signedIn('mallory@example.com', 'pw')).get(urlOf({ reason: 'select-account' }));
    expect(page.html).toMatch(/<bdi>&lt;b[^<\u202e]{1,90}… \(mallory@example\.com\)<\/bdi>/);
  });

  it('to choose an account shows the form on the way to another account, and to a person who is not signed in', async () => {
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
  it('is a host-only cookie out of reach of scripts, of which only the digest is stored', async () => {
    const browser = app.browser();
    const page = await attempt(browser, 'ada@example.com', 'correct horse');
    const setCookie = page.headers.getSetCookie().find((line) => line.startsWith(COOKIE));
    expect(setCookie).toMatch(/^gatehouse_session=gate_ss_[\w-]+; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
    const value = browser.cookies.get(COOKIE) ?? '';
    const rows = await sql('SELECT s::text AS row FROM gatehouse.sign_in_sessions s WHERE digest = $1', [
      digestOf(value),
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain(value);
  });

  it('gets a new id at every sign-in, and the id that the browser came with ends', async () => {
    const browser = await signedIn();
    const planted = browser.cookies.get(COOKIE) ?? '';
    await attempt(browser, 'bob@example.com', 'battery staple', '/login?reason=select-account&account=another');
    expect(browser.cookies.get(COOKIE)).not.toBe(planted);
    expect((await whoIs(browser)).userId).not.toBe(adaId);
    browser.cookies.set(COOKIE, planted);
    expect(await whoIs(browser)).toEqual({});
    expect(await sql('SELECT 1 FROM gatehouse.sign_in_sessions WHERE digest = $1', [digestOf(planted)])).toEqual([]);
  });

  it('ends a day after the last request', async () => {
    const [busy, idle] = [await signedIn(), await signedIn()];
    app.clock.travel({ seconds: 23 * HOUR });
    expect(await whoIs(busy)).toMatchObject({ userId: adaId });
    app.clock.travel({ seconds: HOUR + 1 });
    expect(await whoIs(busy)).toMatchObject({ userId: adaId });
    expect(await whoIs(idle)).toEqual({});
  });

  it('ends two weeks after the sign-in, however busy the person is', async () => {
    const browser = await signedIn();
    for (let halfDays = 1; halfDays < 28; halfDays++) {
      app.clock.travel({ seconds: DAY / 2 });
      expect(await whoIs(browser)).toMatchObject({ userId: adaId });
    }
    app.clock.travel({ seconds: DAY / 2 });
    expect(await whoIs(browser)).toEqual({});
  });

  it('is written to every five minutes at most', async () => {
    const browser = await signedIn();
    await sql(`
      CREATE TABLE writes (level text);
      CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN INSERT INTO writes VALUES (TG_LEVEL); RETURN NULL; END $$;
      CREATE TRIGGER by_row AFTER UPDATE ON gatehouse.sign_in_sessions FOR EACH ROW EXECUTE FUNCTION note_write();
      CREATE TRIGGER by_statement AFTER UPDATE ON gatehouse.sign_in_sessions FOR EACH STATEMENT EXECUTE FUNCTION note_write()`);
    const writes = async (level: string) => (await sql('SELECT 1 FROM writes WHERE level = $1', [level])).length;
    app.clock.travel({ seconds: 5 * MINUTE - 5 });
    await whoIs(browser);
    expect(await writes('STATEMENT')).toBe(0);
    app.clock.travel({ seconds: 5 });
    const lock = app.nest.get(DataSource).createQueryRunner();
    await lock.startTransaction();
    await lock.query('SELECT FROM gatehouse.sign_in_sessions FOR UPDATE');
    const requests = Promise.all([whoIs(browser), whoIs(browser), whoIs(browser)]);
    const waiting = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await sql(waiting)).length < 3);
    await lock.commitTransaction();
    await lock.release();
    await requests;
    expect(await writes('ROW')).toBe(1);
    const statements = await writes('STATEMENT');
    await whoIs(browser);
    expect(await writes('STATEMENT')).toBe(statements);
  });

  it('ends with the account that is disabled or deleted', async () => {
    const { id } = await app.registerUser({ email: 'eve@example.com', password: 'apple' });
    const browser = await signedIn('eve@example.com', 'apple');
    await sql('UPDATE gatehouse.users SET disabled_at = now() WHERE id = $1', [id]);
    expect(await whoIs(browser)).toEqual({});
    await sql('DELETE FROM gatehouse.users WHERE id = $1', [id]);
    expect(await whoIs(browser)).toEqual({});
  });

  it('is not found by a made-up cookie, whatever its form', async () => {
    const body = `gate_ss_zzzzzz_${'a'.repeat(43)}`;
    for (const value of ['', 'x', '%00', body + crc32(body).toString(36).padStart(7, '0')]) {
      const page = await app.browser().get('/whoami', { cookie: `${COOKIE}=${value}` });
      expect([page.status, page.html]).toEqual([200, '{}']);
    }
  });
});

describe('signing out', () => {
  it('asks first, ends the session, clears the cookie and says so', async () => {
    const browser = await signedIn();
    const cookie = browser.cookies.get(COOKIE) ?? '';
    const question = await browser.get('/logout');
    expect(question.html).toContain('<title>Sign out? ');
    expect(question.html).toContain('Ada Lovelace (ada@example.com)');
    expect(await whoIs(browser)).toMatchObject({ userId: adaId });
    const answer = await browser.submit(question);
    expect(answer.status).toBe(303);
    expect((await browser.follow(answer)).html).toContain('<h1>You are signed out</h1>');
    expect(browser.cookies.has(COOKIE)).toBe(false);
    browser.cookies.set(COOKIE, cookie);
    expect(await whoIs(browser)).toEqual({});
  });

  it('does nothing to a person who is not signed in', async () => {
    const browser = app.browser();
    const page = await browser.get('/logout');
    expect(page.html).toContain('<h1>You are signed out</h1>');
    const { csrf_token = '' } = hiddenFields((await browser.get('/login')).html);
    expect((await browser.post('/logout', { csrf_token })).status).toBe(303);
  });
});

describe('a form of these pages', () => {
  const paths = ['/login', '/login/continue', '/logout'];

  it('is believed where the browser itself says that a page of ours sent it: two first tabs at once both sign in', async () => {
    await app.registerUser({ email: 'two-tabs@example.com', password: 'battery staple' });
    const browser = app.browser();
    const tabs = await Promise.all([browser.get('/login'), browser.get('/login')]);
    const form = { email: 'two-tabs@example.com', password: 'battery staple' };
    const send = (html: string, site: string) =>
      browser.post('/login', { ...hiddenFields(html), ...form }, { 'sec-fetch-site': site });
    const own = await Promise.all(tabs.map(({ html }) => send(html, 'same-origin')));
    expect(own.map(({ status }) => status)).toEqual([303, 303]);
    for (const site of ['same-site', 'cross-site', 'none']) expect((await send('', site)).status).toBe(403);
  });

  it.each(paths)('posted to %s without the token of this browser is refused and changes nothing', async (path) => {
    const browser = await signedIn();
    const before = await whoIs(browser);
    const cookies = new Map(browser.cookies);
    const { csrf_token = '' } = hiddenFields((await app.browser().get('/login')).html);
    const form = { email: 'bob@example.com', password: 'battery staple' };
    for (const token of [{}, { csrf_token: '' }, { csrf_token: 'x' }, { csrf_token }]) {
      const page = await browser.post(path, { ...form, ...token });
      expect([page.status, page.html]).toEqual([
        403,
        expect.stringContaining('This form was not opened in this browser'),
      ]);
    }
    expect(browser.cookies).toEqual(cookies);
    expect(await whoIs(browser)).toEqual(before);
  });

  it('is taken with the Origin that browsers send under Referrer-Policy no-referrer', async () => {
    const browser = app.browser();
    const fields = hiddenFields((await browser.get('/login')).html);
    const form = { ...fields, email: 'ada@example.com', password: 'correct horse' };
    expect((await browser.post('/login', form, { origin: 'null' })).status).toBe(303);
  });

  it.each(paths)('posted to %s in a broken way is refused with a reason', async (path) => {
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

  it('with a huge address and a huge password is answered as any other wrong one', async () => {
    const page = await attempt(app.browser(), 'ä'.repeat(20_000), '🗝'.repeat(5_000));
    expect([page.status, page.html]).toEqual([422, expect.stringContaining(WRONG)]);
  });

  it.each(['/login?return_to=%00', '/login?return_to=%ff', '/login?return_to=/a&return_to=/b'])(
    'is not shown at %s',
    async (path) => {
      expect((await app.browser().get(path)).status).toBe(400);
    },
  );
});
