import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

const MARK = { viewBox: '0 0 24 24', paths: ['M2 2h20v20H2z'] };

describe('The sign-in page with providers', () => {
  let provider: FakeOidcProvider;
  let app: TestApp;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    const remoteApps = [
      { ...provider.settings('first'), label: 'First', mark: MARK },
      { ...provider.settings('second'), label: 'Second' },
    ];
    app = await TestApp.start({ remoteApps });
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });

  const buttons = (html: string) => Array.from(html.matchAll(/Sign in with (\w+)<\/a>/g), ([, label]) => label);

  it('The page draws the mark of a provider from its data, and has a line between the form and the buttons', async () => {
    const { html } = await app.browser().get('/login');
    expect(html).toContain('<svg class="service-mark" viewBox="0 0 24 24"');
    expect(html).toContain('d="M2 2h20v20H2z"');
    expect(html).toMatch(/<\/form>.*<p class="or">or<\/p>.*Sign in with First/s);
  });

  it('The page offers the provider first at which somebody signed in last at this browser', async () => {
    const browser = app.browser();
    expect(buttons((await browser.get('/login')).html)).toEqual(['First', 'Second']);
    await signInAt(browser, '/auth/second');
    await browser.submit(await browser.get('/logout'));
    expect(buttons((await browser.get('/login')).html)).toEqual(['Second', 'First']);
    expect(buttons((await app.browser().get('/login')).html)).toEqual(['First', 'Second']);
  });

  it.each([
    { viewBox: '0 0 24 24', paths: ['"/><script>'] },
    { viewBox: 'url(x)', paths: [] },
  ])('A mark that is no data of paths is refused at the start: %j', async (mark) => {
    const remoteApps = [{ ...provider.settings('first'), mark }];
    await expect(TestApp.start({ remoteApps })).rejects.toThrow(/first\.mark is no viewBox and data of paths/);
  });

  it('A server whose end users sign in at providers alone shows no form, and refuses a password', async () => {
    const other = await TestApp.start({
      remoteApps: [provider.settings('first')],
      options: { signIn: { password: false } },
    });
    expect((await other.browser().get('/login')).html).not.toMatch(/type="password"|<p class="or">/);
    const refused = await other.browser().post('/login', { email: 'ada@example.com', password: 'x' });
    expect([refused.status, refused.html]).toEqual([
      403,
      expect.stringContaining('Nobody signs in with a password here'),
    ]);
    await other.stop();
  });
});
