import { acme } from '../../examples/branded/acme.options.js';
import { teamPages } from '../../examples/replaced-page/team-pages.js';
import { responseOf } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

const LOGO = 'https://photos.example/logo.svg';

describe('the brand of a server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ options: acme });
  });
  afterAll(() => app.stop());

  it('Every page has the logo by day and by night, the name and the links of the brand, and a refusal the page of its code', async () => {
    for (const path of ['/login', '/nowhere']) {
      const { html } = await app.browser().get(path);
      expect(html).toContain('<title>');
      expect(html).toContain('– Acme Bank</title>');
      expect(html).toMatch(
        /<picture><source srcset="\/logo-dark.svg" media="\(prefers-color-scheme: dark\)"\/><img class="logo" src="https:\/\/acme.example\/logo.svg" alt /,
      );
      expect(html).toMatch(
        /<footer class="site-foot"><a href="mailto:help@acme.example">Help<\/a><a href="https:\/\/acme.example\/privacy">[^<]+<\/a><a href="\/terms">/,
      );
      expect(html).not.toContain('class="keyhole"');
    }
    const refusal = await (await app.post('/oauth/token', {})).json();
    expect(refusal.error_uri).toBe(`https://docs.acme.example/errors/${refusal.error}`);
  });

  it('The colour of the brand is a style sheet after ours, which a browser may keep for ever, with one for dark pages', async () => {
    const { html } = await app.browser().get('/login');
    const [, href = ''] = /gatehouse\.\w+\.css"\/><link rel="stylesheet" href="([^"]+)"/.exec(html) ?? [];
    const style = await app.get(href);
    expect([style.status, style.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    const css = await style.text();
    expect(css).toMatch(
      /^:root\{--accent:#7a1fa2;--accent-hover:#[0-9a-f]{6};--on-accent:#ffffff;--stone:#7a1fa2\}@media/,
    );
    expect(css).toMatch(/@media \(prefers-color-scheme: dark\)\{:root\{--accent:#[0-9a-f]{6};/);
    expect(css).not.toMatch(/dark\)\{:root\{--accent:#7a1fa2/);
  });

  it.each([
    [{ color: '#ffcc00' }, 'brand.color: has a contrast of 1.3 to the pages'],
    [{ colorDark: '#222222' }, 'brand.colorDark: has a contrast of'],
    [{ color: 'green' }, 'brand.color: must be a colour in six digits'],
    [{ logo: 'http://acme.example/logo.svg' }, 'brand.logo: must be an https URL'],
    [{ logo: '//acme.example/logo.svg' }, 'brand.logo: must be an https URL'],
    [{ supportUrl: 'javascript:alert(1)' }, 'brand.supportUrl: must be a URL'],
  ])('The brand %j is refused at the start', async (wrong, message) => {
    await expect(TestApp.start({ options: { brand: wrong } as object })).rejects.toThrow(message);
  });
});

describe('what pages show of a client', () => {
  let app: TestApp;
  let ada: TestEndUser;
  beforeAll(async () => {
    app = await TestApp.start();
    ada = await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());

  const printer = aClient().with({ client_name: 'Printer', publisher: 'Photo Ltd', logo_uri: LOGO });

  it('Signing in, choosing an account and consent show the logo and the publisher of the client', async () => {
    const client = await printer.named('printer').registeredAt(app);
    const browser = app.browser();
    const signIn = await browser.follow(await client.ask(browser));
    const image = `src="${LOGO}" alt height="24" referrerpolicy="no-referrer"`;
    expect(signIn.html).toContain(image);
    expect(signIn.html).toMatch(/to continue to <strong><bdi>Printer<\/bdi><\/strong> by <bdi>Photo Ltd<\/bdi>/);
    const signedIn = await ada.signIn();
    const chooser = await signedIn.follow(await client.ask(signedIn, { prompt: 'select_account' }));
    expect([chooser.html.includes(image), chooser.html.includes('by <bdi>Photo Ltd</bdi>')]).toEqual([true, true]);
    const consent = await client.ask(signedIn);
    expect([consent.html.includes(image), consent.html.includes('<bdi>Photo Ltd</bdi>')]).toEqual([true, true]);
    expect(consent.headers.get('content-security-policy')).toContain('img-src');
  });

  it('A logo that a page could not load, or whose address is too long to travel, is left out, with a letter in its place', async () => {
    for (const [name, logo_uri] of [
      ['plain', 'http://localhost/logo.svg'],
      ['long', `https://photos.example/${'x'.repeat(600)}.svg`],
    ] as const) {
      const client = await printer.named(name).with({ logo_uri }).registeredAt(app);
      const browser = app.browser();
      const page = await browser.follow(await client.ask(browser));
      expect(page.html).not.toContain('<img class="client-logo"');
      expect(page.html).toMatch(
        /<span class="client-logo letter" aria-hidden="true" data-letter="P"><\/span>.*Photo Ltd/,
      );
    }
  });
});

describe('a page and parts of pages that an application gives', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ options: { pages: teamPages } });
    await anEndUser().registeredAt(app);
  });
  afterAll(() => app.stop());

  it('A page that is replaced signs in the whole way, between the header and the footer of the application', async () => {
    const client = await aClient().with({ client_name: 'Notes <b>' }).registeredAt(app);
    const browser = app.browser();
    const page = await browser.follow(await client.ask(browser));
    expect(page.html).toContain('<meta name="application-name" content="Staff"/></head>');
    expect(page.html).toContain('<h1>Who goes to Notes &lt;b>?</h1>');
    expect(page.html).toMatch(/<header class="site"><p class="team">Gatehouse for staff<\/p><\/header>/);
    expect(page.html).toContain('<footer class="site-foot"><p>Ask the desk on the ground floor</p></footer>');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const wrong = await browser.submit(page, { email: 'ada@example.com', password: 'wrong' });
    expect(wrong.html).toContain('<p role="alert">That was not right</p>');
    const consent = await browser.follow(await browser.submit(wrong, { email: 'ada@example.com', password: PASSWORD }));
    expect(responseOf(await browser.submit(consent, { decision: 'allow' }))).toHaveProperty('code');
  });

  it.each([
    [{ 'sing-in': () => '' }, 'pages.sing-in: is no page; there are sign-in, choose-account,'],
    [{ consent: 'a text' }, 'pages.consent: must be a function'],
  ])('The pages %j are refused at the start', async (pages, message) => {
    await expect(TestApp.start({ options: { pages } as object })).rejects.toThrow(message);
  });
});
