import { responseOf, signIn } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { meetAnotherServer } from '../support/database-time.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { NodeWithWrongClock } from '../support/node-with-wrong-clock.js';
import { partitionsOf } from '../support/partitions.js';
import { killStarts, START_MILLISECONDS } from '../support/start.js';
import { countOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

const DAY_SECONDS = 86_400;

let app: TestApp;
let ada: TestEndUser;
let client: TestClient;
let provider: FakeOidcProvider;
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().registeredAt(app);
  client = await aClient().using('authorization_code', 'refresh_token').firstParty().registeredAt(app);
  provider = await FakeOidcProvider.start();
});
afterAll(async () => {
  killStarts();
  await provider.stop();
  await app.stop();
});

const ADA = (): [string, string] => [ada.email, ada.password];

/** Begins an authorization request with prompt=login at one node, and gives the password at another. */
async function promptLogin(begunAt: TestApp, passwordAt: TestApp) {
  const browser = await ada.signIn();
  const path = client.authorizePath({ prompt: 'login' });
  const page = await browser.get(
    (await browser.get(begunAt.url + path)).location?.href.replace(app.url, passwordAt.url) ?? '',
  );
  const back = await signIn(browser, page, ...ADA());
  return responseOf(await browser.get(`${begunAt.url}${back.location?.pathname}${back.location?.search}`));
}

describe('A node whose clock is wrong', () => {
  let node: NodeWithWrongClock;
  let tables: string[];
  let rows: number[];
  let refreshToken: string;
  let revoked: string;
  const countRows = () =>
    Promise.all((['sign_in_sessions', 'refresh_tokens', 'revocations'] as const).map((table) => countOf(app, table)));

  beforeAll(async () => {
    const ended = await client.signIn(ada);
    revoked = ended.access_token;
    await client.revoke(ended.refresh_token);
    refreshToken = (await client.signIn(ada)).refresh_token;
    [tables, rows] = [await partitionsOf(app), await countRows()];
    node = await NodeWithWrongClock.start(app, 120 * DAY_SECONDS, {
      LOGIN_PROVIDERS: 'corp',
      CORP_CLIENT_ID: provider.clientId,
      CORP_CLIENT_SECRET: provider.clientSecret,
      CORP_ISSUER: provider.issuer,
      CORP_CLIENT_KWARGS: '{"private_network":true}',
    });
  }, START_MILLISECONDS);
  afterAll(() => node.stop());
  afterEach(() => node.setClock(120 * DAY_SECONDS));

  it('A node that is 120 days ahead loses no row of anybody, signs nobody out and lets nothing in that was revoked', async () => {
    expect(await countRows()).toEqual(rows);
    expect(await partitionsOf(app)).toEqual(tables);
    const refreshed = await tokensOf(client.at(node.app).refresh(refreshToken));
    expect((await client.userinfo(refreshed.access_token)).status).toBe(200);
    const browser = await ada.browser();
    expect(responseOf(await browser.get(node.app.url + client.authorizePath({ prompt: 'none' })))).toHaveProperty(
      'code',
    );
    expect((await client.at(await app.startNode()).userinfo(revoked)).status).toBe(401);
    expect((await client.at(node.app).userinfo(revoked)).status).toBe(401);
  });

  it('A node that is 120 days ahead says so at the start and in the body of its readiness, which is 200', async () => {
    expect(node.log).toContain('The clock of this machine is 10368000 s ahead of the database');
    const ready = await node.app.get('/health/ready');
    const clock = { status: 'up', note: 'This machine is 10368000 s ahead of the database' };
    expect([ready.status, (await ready.json()).details.clock]).toEqual([200, clock]);
  });

  it('A node that is 120 days ahead lets end users sign in at a provider whose clock is right', async () => {
    const browser = node.app.browser();
    const there = await browser.get('/auth/corp');
    const answer = await fetch(there.location?.href ?? '', { redirect: 'manual' });
    const callback = (answer.headers.get('location') ?? '').replace(app.url, node.app.url);
    const back = await browser.get(callback);
    expect([back.status, back.html]).toEqual([303, expect.not.stringContaining('id_token')]);
  });

  it.each([12, -65, 70])(
    'A node that is %i s ahead takes a code, a retry and a prompt like any other',
    async (seconds) => {
      node.setClock(seconds);
      const there = client.at(node.app);
      expect((await there.redeem(await client.code(ada))).status).toBe(200);
      const { refresh_token } = await client.signIn(ada);
      const first = await tokensOf(client.refresh(refresh_token));
      expect(await tokensOf(there.refresh(refresh_token))).toMatchObject({ refresh_token: first.refresh_token });
      expect((await there.userinfo(first.access_token)).status).toBe(200);
      expect(await promptLogin(node.app, app)).toHaveProperty('code');
      expect(await promptLogin(app, node.app)).toHaveProperty('code');
    },
  );

  it('A node that slept for 35 days goes on with the time of the database from its first request on', async () => {
    node.setClock(0);
    await eventually(async () => expect((await node.app.get('/health/ready')).status).toBe(200));
    const { access_token, refresh_token } = await client.signIn(ada);
    node.setClock(35 * DAY_SECONDS);
    expect((await client.at(node.app).userinfo(access_token)).status).toBe(200);
    await tokensOf(client.at(node.app).refresh(refresh_token));
    const browser = await ada.browser();
    expect(responseOf(await browser.get(node.app.url + client.authorizePath({ prompt: 'none' })))).toHaveProperty(
      'code',
    );
  });

  it('A node that meets another server behind the address of the database goes by its time at once', async () => {
    node.setClock(0);
    await eventually(async () => expect((await node.app.get('/health/ready')).status).toBe(200));
    await meetAnotherServer(app, 3600);
    await eventually(async () => {
      const { details } = await (await node.app.get('/health/ready')).json();
      expect(details.clock).toEqual({ status: 'up', note: 'This machine is 3600 s behind the database' });
    });
  });
});
