import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

describe('the start page of a demonstration', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ demo: true });
  });
  afterAll(() => app?.stop());

  it('The start page of a demonstration links to discovery, keys and the playground', async () => {
    const page = await app.browser().get('/');
    expect(page.status).toBe(200);
    expect(page.html).toContain('href="/.well-known/openid-configuration"');
    expect(page.html).toContain('href="/oauth/jwks"');
    expect(page.html).toContain('href="/playground"');
  });

  it('The start page of a demonstration prints logins that work', async () => {
    const browser = app.browser();
    const { html } = await browser.get('/');
    const [, email = '', password = ''] = /<code>(demo@example\.com)<\/code>.*?<code>([^<]+)<\/code>/s.exec(html) ?? [];
    const arrived = await browser.submit(await browser.get('/login'), { email, password });
    expect(arrived.status).toBe(303);
    expect((await browser.get('/')).html).toContain('You are signed in as <bdi>Demo User (demo@example.com)</bdi>');
  });

  it('The start page of a demonstration leads to the sign-in page and back, and then to signing out', async () => {
    const { email, password } = await anEndUser().named('Ada').registeredAt(app);
    const browser = app.browser();
    const signInPath = /href="(\/login[^"]*)"/.exec((await browser.get('/')).html)?.[1]?.replaceAll('&amp;', '&');
    const signIn = await browser.get(signInPath ?? '');
    const arrived = await browser.submit(signIn, { email, password });
    expect(arrived.location?.href).toBe(`${app.url}/`);
    const page = await browser.get('/');
    expect(page.html).toContain('You are signed in as <bdi>Ada (ada@example.com)</bdi>');
    await browser.submit(page);
    expect((await browser.get('/')).html).not.toContain('You are signed in');
  });
});

describe('the start page of a server without the demonstration', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app?.stop());

  it('The start page of a server without the demonstration leads to the sign-in page, and from there to what was allowed', async () => {
    const { email, password } = await anEndUser().registeredAt(app);
    const browser = app.browser();
    const start = await browser.get('/');
    expect([start.status, start.location?.pathname]).toEqual([303, '/login']);
    const signIn = await browser.follow(start);
    const arrived = await browser.submit(signIn, { email, password });
    expect(arrived.location?.href).toBe(`${app.url}/oauth/authorizations`);
  });

  it('The start page of a server without the demonstration leads who is signed in to what they allowed, and is kept in no cache', async () => {
    const browser = await (await anEndUser().withEmail('bob@example.com').registeredAt(app)).browser();
    const start = await browser.get('/');
    expect([start.status, start.location?.href]).toEqual([303, `${app.url}/oauth/authorizations`]);
    expect(start.headers.get('cache-control')).toBe('no-store');
  });

  it('The start page is where the mark on every page leads', async () => {
    expect((await app.browser().get('/login')).html).toMatch(/<a class="brand" href="\/">/);
  });

  it('A server without the demonstration has no playground', async () => {
    for (const path of ['/playground', '/playground/callback']) expect((await app.get(path)).status).toBe(404);
    expect((await app.post('/playground/run', {})).status).toBe(404);
  });

  it.each(['https://www.example.com/welcome', '/oauth/authorizations'])(
    'The start page of a server without the demonstration leads to a HOME_URL of %s',
    async (homeUrl) => {
      const server = await TestApp.start({ homeUrl });
      const start = await server.get('/');
      await server.stop();
      expect([start.status, start.headers.get('location')]).toEqual([303, homeUrl]);
    },
  );
});
