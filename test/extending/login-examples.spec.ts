import { GithubLoginModule } from '../../examples/github-login/github-login.module.js';
import { GoogleLoginModule } from '../../examples/google-login/google-login.module.js';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';
import type { TestBrowser } from '../support/test-browser.js';

describe('The examples of signing in at providers', () => {
  let github: FakeGithub;
  let google: FakeOidcProvider;
  let app: TestApp;
  beforeAll(async () => {
    [github, google] = await Promise.all([FakeGithub.start(), FakeOidcProvider.start()]);
    app = await TestApp.start({
      remoteApps: [github.settings(), google.settings('google')],
      options: { signIn: { password: false } },
      extensions: [GithubLoginModule, GoogleLoginModule],
    });
  });
  afterAll(async () => {
    await app?.stop();
    await github?.stop();
    await google?.stop();
  });

  const json = (browser: TestBrowser, path: string) =>
    app.get(path, {
      accept: 'application/json',
      cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; '),
    });

  it('Login with GitHub guards every route, and calls its API with the token of the sign-in', async () => {
    github.endUser = { id: 1, login: 'octocat', name: 'Octo', emails: [] };
    github.server.routes.set('/user/repos', ({ headers }) =>
      headers.authorization?.startsWith('Bearer gho_') ? { body: [{ full_name: 'octocat/hello' }] } : { status: 401 },
    );
    const browser = app.browser();
    const asked = await browser.get('/repositories');
    expect(asked.location?.pathname).toBe('/login');
    const [, href = ''] = /href="(\/auth\/github[^"]*)"/.exec((await browser.follow(asked)).html) ?? [];
    const back = await signInAt(browser, href.replaceAll('&amp;', '&'));
    expect(back.location?.pathname).toBe('/repositories');
    expect(await (await json(browser, '/repositories')).json()).toEqual({ of: 'octocat', names: ['octocat/hello'] });
  });

  it('Google login keeps the user info, and a route for it sends those who have no account there', async () => {
    google.endUser = { sub: 'g-1', name: 'Grace', email: 'grace@example.com', email_verified: true };
    github.endUser = { id: 2, login: 'grace', emails: [] };
    const browser = app.browser();
    await signInAt(browser, '/auth/google');
    google.endUser = { sub: 'g-1', name: 'Changed since' };
    expect(await (await json(browser, '/me')).json()).toMatchObject({
      name: 'Grace',
      email: 'grace@example.com',
      emailVerified: true,
    });
    const other = app.browser();
    await signInAt(other, '/auth/github');
    expect((await other.get('/me')).location?.pathname).toBe('/auth/google');
  });
});
