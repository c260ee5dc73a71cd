import { responseOf } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';
import type { Page } from '../support/test-browser.js';
import type { TestClient } from '../support/test-client.js';

const MOUNT = '/tenant';

/** The addresses on a page that lead to its own host. */
function addressesOf({ html }: Page): string[] {
  return [...html.matchAll(/\s(?:href|src|action)="(\/[^"]*)"/g)].map(([, address = '']) => address);
}

describe('a server below the root of its host', () => {
  let app: TestApp;
  let github: FakeGithub;
  let client: TestClient;
  beforeAll(async () => {
    github = await FakeGithub.start();
    app = await TestApp.start({ mountPath: MOUNT, remoteApps: [github.settings()] });
    await anEndUser().registeredAt(app);
    client = await aClient().registeredAt(app);
  });
  afterAll(async () => {
    await app?.stop();
    await github?.stop();
  });

  it('A server below the root of its host names every endpoint below its issuer', async () => {
    const response = await app.get(`${MOUNT}/.well-known/openid-configuration`);
    const { issuer, ...metadata } = (await response.json()) as Record<string, unknown>;
    expect(issuer).toBe(app.url + MOUNT);
    const addresses = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(addresses.length).toBeGreaterThan(5);
    expect(addresses.filter(([, address]) => !String(address).startsWith(`${issuer}/oauth/`))).toEqual([]);
  });

  it('A server below the root of its host leads from page to page below its mount path: signing in, allowing, taking back, signing out', async () => {
    const browser = app.browser();
    const query = new URL(client.authorizePath(), app.url).search;
    const signIn = await browser.follow(await browser.get(`${MOUNT}/oauth/authorize${query}`));
    const consent = await browser.follow(
      await browser.submit(signIn, { email: 'ada@example.com', password: PASSWORD }),
    );
    const answer = await browser.submit(consent, { decision: 'allow' });
    expect(responseOf(answer).iss).toBe(app.url + MOUNT);
    const allowed = await browser.get(`${MOUNT}/oauth/authorizations`);
    const takenBack = await browser.follow(await browser.submit(allowed));
    const signOut = await browser.get(`${MOUNT}/logout`);
    const signedOut = await browser.follow(await browser.submit(signOut));
    const pages = [signIn, consent, allowed, takenBack, signOut, signedOut, await browser.get('/nowhere')];
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200, 404]);
    expect(pages.flatMap(addressesOf).filter((address) => !address.startsWith(`${MOUNT}/`))).toEqual([]);
  });

  it('A server below the root of its host sends the end user to a provider and is come back to below its mount path', async () => {
    const browser = app.browser();
    const signedIn = await signInAt(browser, `${MOUNT}/auth/github?return_to=%2Ftenant%2Flogout`);
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, `${MOUNT}/logout`]);
  });

  it('A server below the root of its host tells its cookies apart from those of a server elsewhere on the host', async () => {
    const browser = app.browser();
    await browser.get(`${MOUNT}/login`);
    expect([...browser.cookies.keys()]).toEqual([expect.stringMatching(/^gatehouse-[0-9a-f]{10}_browser$/)]);
  });
});
