import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { responseOf } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { signInAt } from '../support/remote-sign-in.js';
import { freePort, TestApp } from '../support/test-app.js';
import type { Page } from '../support/test-browser.js';
import type { TestClient } from '../support/test-client.js';
import { createEmptyDatabase } from '../support/test-database.js';
import { startServerOn } from '../support/whole-server.js';

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

describe.each([
  ['v1', '', ''],
  ['/v1/', '/tenant/v1', '/tenant'],
  ['v1', '/tenant', '/tenant'],
])('routes below the global prefix %s, with %j as the path of the issuer', (prefix, mountPath, stripped) => {
  let app: TestApp;
  let client: TestClient;
  beforeAll(async () => {
    app = await TestApp.start({ prefix, mountPath });
    await anEndUser().registeredAt(app);
    client = await aClient().registeredAt(app);
  });
  afterAll(() => app.stop());

  /** As a proxy passes a path on that strips what stands before the prefix. */
  const passedOn = (path: string) => (path.startsWith(stripped) ? path.slice(stripped.length) : path);
  const below = `${stripped}/v1/`;

  it('Metadata is where the issuer says, and names the endpoints where they are', async () => {
    const issuer = app.url + mountPath;
    const openid = passedOn(`${mountPath}/.well-known/openid-configuration`);
    for (const path of [openid, `/.well-known/oauth-authorization-server${mountPath}`]) {
      const answer = await app.get(path, { origin: 'https://elsewhere.example' });
      expect([path, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([path, 200, '*']);
      const metadata = (await answer.json()) as Record<string, string>;
      expect([metadata.issuer, metadata.token_endpoint]).toEqual([issuer, `${app.url}${below}oauth/token`]);
      expect((await app.get(passedOn(`${below}oauth/jwks`))).status).toBe(200);
    }
  });

  it('Pages lead from one to the next where the routes are, and so does the client that they belong to', async () => {
    const browser = app.browser();
    const query = new URL(client.authorizePath(), app.url).search;
    const sent = await browser.get(`${passedOn(`${below}oauth/authorize`)}${query}`);
    expect(sent.location?.pathname).toBe(`${below}login`);
    const signIn = await browser.get(passedOn(`${sent.location?.pathname}${sent.location?.search}`));
    const addresses = addressesOf(signIn);
    expect(addresses.filter((address) => !address.startsWith(below))).toEqual([]);
    const style = addresses.find((address) => address.endsWith('.css')) ?? '';
    expect((await app.get(passedOn(style))).status).toBe(200);
    const page = await app.browser().get(passedOn(`${below}oauth/authorizations`));
    expect(page.location?.searchParams.get('return_to')).toBe(`${below}oauth/authorizations`);
  });
});

describe('a server whose ISSUER has a path', () => {
  it('A server whose ISSUER has a path answers below it, and without it, as a proxy that strips it asks', async () => {
    const database = await createEmptyDatabase();
    const dataFolder = mkdtempSync(join(tmpdir(), 'gatehouse-mount-'));
    const port = await freePort();
    const issuer = `http://localhost:${port}/id`;
    const server = await startServerOn(database, dataFolder, { PORT: String(port), ISSUER: issuer });
    const get = (path: string, accept = 'application/json') =>
      fetch(`http://localhost:${port}${path}`, { headers: { accept }, redirect: 'manual' });
    try {
      for (const path of [
        '/id/.well-known/openid-configuration',
        '/.well-known/openid-configuration',
        '/.well-known/oauth-authorization-server/id',
      ]) {
        expect([path, await (await get(path)).json()]).toMatchObject([
          path,
          { issuer, token_endpoint: `${issuer}/oauth/token` },
        ]);
      }
      for (const path of ['/id/login', '/login']) {
        expect(await (await get(path, 'text/html')).text()).toMatch(/<form[^>]* action="\/id\/login\?/);
      }
      for (const path of ['/id/oauth/authorizations', '/oauth/authorizations']) {
        const location = new URL((await get(path, 'text/html')).headers.get('location') ?? '', issuer);
        expect([location.pathname, location.searchParams.get('return_to')]).toEqual([
          '/id/login',
          '/id/oauth/authorizations',
        ]);
      }
      expect([(await get('/idle')).status, (await get('/id')).status]).toEqual([404, 303]);
    } finally {
      await server.stop({ drainSeconds: 0, graceSeconds: 10 });
      await database.drop();
      rmSync(dataFolder, { recursive: true });
    }
  });
});
