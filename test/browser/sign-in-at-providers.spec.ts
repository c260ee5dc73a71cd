import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { anEndUser } from '../support/end-user-builder.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { TestApp } from '../support/test-app.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

describe('Signing in at providers in a browser', () => {
  let provider: FakeOidcProvider;
  let front: Server;
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    front = await frontPages(provider);
    const { port } = front.address() as AddressInfo;
    const { routes } = provider.server;
    const authorization_endpoint = `http://127.0.0.1:${port}/authorize`;
    routes.set('/.well-known/openid-configuration', () => ({ body: { ...provider.metadata, authorization_endpoint } }));
    const mark = { viewBox: '0 0 24 24', paths: ['M2 2h20v20H2z'] };
    [app, browser] = await Promise.all([
      TestApp.start({
        remoteApps: [
          { ...provider.settings('corp'), label: 'Corp', mark },
          { ...provider.settings('posting'), label: 'Posting', responseMode: 'form_post' },
        ],
      }),
      launchChromium(),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    front?.close();
    await provider?.stop();
  });

  const goOn = async (page: Page) => {
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.waitForLoadState();
  };

  it.each([
    ['in the order of the tabs', [0, 1]],
    ['in the other order', [1, 0]],
  ])('Two tabs that leave for a provider both come back to where they were, %s', async (_, order) => {
    provider.endUser = { sub: `tabs-${order}`, name: 'Of two tabs' };
    const visitor = await Visitor.arrive(browser, app.url);
    const tabs = [visitor.page, await visitor.newTab()];
    for (const [index, tab] of tabs.entries()) await tab.goto(`/auth/corp?return_to=%2Flogout%3Ftab%3D${index}`);
    for (const index of order) await goOn(tabs[index] as Page);
    for (const [index, tab] of tabs.entries()) {
      expect(new URL(tab.url()).search).toBe(`?tab=${index}`);
      expect(await tab.locator('main').innerText()).toContain('You are signed in as Of two tabs');
    }
    await visitor.leave();
  });

  it('An answer that a provider posts from another site finds whoever is signed in, who is asked and then has it linked', async () => {
    provider.endUser = { sub: 'posted', name: 'Posted there' };
    const ada = await anEndUser().withEmail('ada@example.com').registeredAt(app);
    const visitor = await Visitor.arrive(browser, app.url, { viewport: { width: 320, height: 640 } });
    const { page } = visitor;
    await page.goto('/login');
    const faults = await visitor.faults();
    await page.locator('#email').fill(ada.email);
    await page.locator('#password').fill(ada.password);
    await visitor.press('Sign in');
    await page.goto('/account/logins');
    await visitor.press('Link Posting');
    await goOn(page);
    expect(await page.locator('h1').innerText()).toBe('Link your Posting account?');
    await visitor.press('Link the accounts');
    expect(await page.locator('main').innerText()).toContain('Posted there');
    faults.push(...(await visitor.faults()));
    await visitor.press('What Posting says about you');
    faults.push(...(await visitor.faults()));
    await page.goBack();
    await visitor.press('Unlink Posting');
    expect(await page.locator('main').innerText()).toContain('You sign in with no other service so far');
    expect(faults).toEqual([]);
    await visitor.leave();
  });

  it('An address that has an account leads to signing in to it, and back to where the end user wanted to go, with the two linked', async () => {
    const grace = await anEndUser().withVerifiedEmail('grace@example.com').registeredAt(app);
    provider.endUser = { sub: 'grace', name: 'Grace', email: grace.email, email_verified: true };
    const visitor = await Visitor.arrive(browser, app.url);
    const { page } = visitor;
    await page.goto('/auth/corp?return_to=%2Faccount%2Flogins');
    await goOn(page);
    expect(await page.locator('h1').innerText()).toBe('You have an account here already');
    expect(await visitor.faults()).toEqual([]);
    await visitor.press('Sign in, then link Corp');
    await page.locator('#password').fill(grace.password);
    await visitor.press('Sign in');
    expect(new URL(page.url()).pathname).toBe('/account/logins');
    expect(await page.locator('main').innerText()).toContain('Corp: Grace');
    await visitor.leave();
  });
});

/** The pages of the provider on a site of its own, where the end user presses a button before they are sent back. */
async function frontPages(provider: FakeOidcProvider): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname !== '/authorize') return void response.writeHead(404).end();
    searchParams.set('response_mode', 'form_post');
    const answer = await fetch(`${provider.issuer}/authorize?${searchParams}`);
    const parameters = Object.entries((await answer.json()) as Record<string, string>);
    const fields = parameters.map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
    const method = search.includes('response_mode=form_post') ? 'post' : 'get';
    const action = searchParams.get('redirect_uri');
    response.setHeader('content-type', 'text/html');
    response.end(`<form method="${method}" action="${action}">${fields.join('')}<button>Go on</button></form>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
