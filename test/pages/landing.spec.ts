import { Module } from '@nestjs/common';
import { DemoAccounts } from '../../src/app/demo/data/demo-accounts.js';
import { TestApp } from '../support/test-app.js';

const ACCOUNT = { email: 'demo@example.com', password: 'anything goes <here>' };

@Module({})
class DemonstrationModule {
  static readonly dynamic = {
    module: DemonstrationModule,
    global: true,
    providers: [{ provide: DemoAccounts, useValue: { accounts: [ACCOUNT] } }],
    exports: [DemoAccounts],
  };
}

describe('GET /', () => {
  describe('of a plain server', () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await TestApp.start();
    });
    afterAll(() => app.stop());

    it('links to discovery and keys, and hides a playground that has no client', async () => {
      const page = await app.browser().get('/');
      expect(page.status).toBe(200);
      expect(page.html).toContain('href="/.well-known/openid-configuration"');
      expect(page.html).toContain('href="/oauth/jwks"');
      expect(page.html).not.toContain('/playground');
      expect(page.html).not.toContain('Demo logins');
    });

    it('leads to the sign-in page and back, and then to signing out', async () => {
      await app.registerUser({ email: 'ada@example.com', password: 'analytical engine', claims: { name: 'Ada' } });
      const browser = app.browser();
      const signInPath = /href="(\/login[^"]*)"/.exec((await browser.get('/')).html)?.[1]?.replaceAll('&amp;', '&');
      const signIn = await browser.get(signInPath ?? '');
      const arrived = await browser.submit(signIn, { email: 'ada@example.com', password: 'analytical engine' });
      expect(arrived.location?.href).toBe(`${app.url}/`);
      const page = await browser.get('/');
      expect(page.html).toContain('You are signed in as <bdi>Ada (ada@example.com)</bdi>');
      await browser.submit(page);
      expect((await browser.get('/')).html).not.toContain('You are signed in');
    });
  });

  it('prints the logins of a demonstration, and the way to the playground when its client is registered', async () => {
    const app = await TestApp.start({ extensions: [DemonstrationModule.dynamic] });
    await app.registerClient('playground', { redirect_uris: [`${app.url}/playground/callback`] });
    const page = await app.browser().get('/');
    expect(page.html).toContain('href="/playground"');
    expect(page.html).toContain('<code>demo@example.com</code>');
    expect(page.html).toContain('<code>anything goes &lt;here></code>');
    await app.stop();
  });
});
