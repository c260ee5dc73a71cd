import { aClient } from '../support/client-builder.js';
import { showingAccounts } from '../support/demo-accounts.js';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';

const ACCOUNT = { email: 'demo@example.com', password: 'anything goes <here>' };

describe('GET /', () => {
  describe('of a plain server', () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await TestApp.start();
    });
    afterAll(() => app.stop());

    it('The start page links to discovery and keys, and hides a playground that has no client', async () => {
      const page = await app.browser().get('/');
      expect(page.status).toBe(200);
      expect(page.html).toContain('href="/.well-known/openid-configuration"');
      expect(page.html).toContain('href="/oauth/jwks"');
      expect(page.html).not.toContain('/playground');
      expect(page.html).not.toContain('Demo logins');
    });

    it('The start page leads to the sign-in page and back, and then to signing out', async () => {
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

  it('The start page prints the logins of a demonstration, and the way to the playground when its client is registered', async () => {
    const app = await TestApp.start({ extensions: showingAccounts([ACCOUNT]) });
    await aClient().named('playground').public().redirectingTo(`${app.url}/playground/callback`).registeredAt(app);
    const page = await app.browser().get('/');
    expect(page.html).toContain('href="/playground"');
    expect(page.html).toContain('<code>demo@example.com</code>');
    expect(page.html).toContain('<code>anything goes &lt;here></code>');
    await app.stop();
  });
});
