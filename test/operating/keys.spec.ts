import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { keepRemoteTokens, remoteTokensOf } from '../support/linked-accounts.js';
import {
  anotherKey,
  breakSigningKey,
  keysOf,
  publishNextKeys,
  rotateKeys,
  secretKeysInUse,
  signedByServer,
} from '../support/signing.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

const DAY_SECONDS = 86_400;

let app: TestApp;
let ada: TestEndUser;
let client: TestClient;
beforeEach(async () => {
  app = await TestApp.start();
  ada = await anEndUser().registeredAt(app);
  client = await aClient().using('authorization_code', 'refresh_token', 'client_credentials').registeredAt(app);
});
afterEach(() => app.stop());

const keySetOf = async (node: TestApp) => (await (await node.get('/oauth/jwks')).json()) as JSONWebKeySet;
const keyIdOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const signedNowBy = (node: TestApp) => keyIdOf(signedByServer(node, { sub: 'somebody' }));

describe('The signing keys', () => {
  it('The signing keys make room for the next ones after 90 days, and not before', async () => {
    const before = signedNowBy(app);
    app.clock.travel({ seconds: 89 * DAY_SECONDS });
    expect(await keysOf(app).rotateWhenDue()).toBe(false);
    app.clock.travel({ seconds: DAY_SECONDS });
    const node = await app.startNode();
    const nodes = [app, node];
    await eventually(async () => expect(nodes.map(signedNowBy)).not.toContain(before));
    expect(signedNowBy(app)).toBe(signedNowBy(node));
    expect(await keysOf(app).rotateWhenDue()).toBe(false);
  });

  it('The signing keys are not rotated by nodes while a verifier may not know the next ones, and a command says so', async () => {
    const before = signedNowBy(app);
    app.clock.travel({ seconds: 90 * DAY_SECONDS });
    await publishNextKeys(app, new Date(app.clock.now().getTime() - 900_000));
    await expect(keysOf(app).rotateWhenDue()).rejects.toThrow(/Rotate in 60 seconds/);
    await expect(keysOf(app).rotate()).rejects.toThrow(/verifiers may not know them/);
    expect(signedNowBy(await app.startNode())).toBe(before);
    app.clock.travel({ seconds: 60 });
    expect(await keysOf(app).rotateWhenDue()).toBe(true);
    expect(signedNowBy(app)).not.toBe(before);
  });

  it('The signing keys lose one that is retired at every node at once, and the next one signs', async () => {
    const node = await app.startNode();
    const { access_token } = await tokensOf(client.clientCredentials());
    expect((await client.introspect(access_token)).status).toBe(200);
    const kid = keyIdOf(access_token);
    const published = (await keySetOf(app)).keys.map((key) => key.kid);
    expect(await keysOf(app).retire(kid)).toBe(true);
    for (const each of [app, node]) {
      await eventually(async () => {
        const answer = await each.get('/api/profile', { authorization: `Bearer ${access_token}` });
        expect(answer.status).toBe(401);
        expect((await keySetOf(each)).keys.map((key) => key.kid)).not.toContain(kid);
      });
    }
    const after = keyIdOf((await tokensOf(client.clientCredentials())).access_token);
    expect(published).toContain(after);
    expect(after).not.toBe(kid);
    expect(await keysOf(app).retire(kid)).toBe(false);
  });

  it('The signing keys tell in readiness how old they are', async () => {
    app.clock.travel({ seconds: 41 * DAY_SECONDS });
    const { details } = await (await app.get('/health/ready')).json();
    expect(details.signing_key).toEqual({ status: 'up', ageDays: 41 });
  });

  it('The signing keys spoil nothing else where one does not open: it still verifies, and the next one signs', async () => {
    const { access_token } = await tokensOf(client.clientCredentials());
    await breakSigningKey(app, keyIdOf(access_token));
    const node = await app.startNode();
    for (const each of [app, node]) {
      await eventually(async () => expect(signedNowBy(each)).not.toBe(keyIdOf(access_token)));
      await jwtVerify(access_token, createLocalJWKSet(await keySetOf(each)));
      const answer = await tokensOf(client.at(each).clientCredentials());
      await jwtVerify(answer.access_token, createLocalJWKSet(await keySetOf(app)));
      expect((await each.get('/health/ready')).status).toBe(200);
    }
  });
});

describe('SECRET_KEYS', () => {
  /** Starts at one node what the other goes on with, both ways. */
  const workTogether = async (one: TestApp, other: TestApp) => {
    for (const [begunAt, doneAt] of [
      [one, other],
      [other, one],
    ] as const) {
      const browser = begunAt.browser();
      const page = await browser.follow(await browser.get(client.authorizePath()));
      const there = { ...page, url: page.url.replace(begunAt.url, doneAt.url) };
      const signedIn = await browser.submit(there, { email: ada.email, password: ada.password });
      expect(signedIn.status).toBe(303);
      const { access_token } = await client.at(begunAt).signIn(ada);
      expect((await client.at(doneAt).userinfo(access_token)).status).toBe(200);
    }
  };

  it('SECRET_KEYS are rolled by two steps with no failed request, and what was sealed follows', async () => {
    await keepRemoteTokens(app, ada, { accessToken: 'of the provider' });
    const old = app.database.secretKeys;
    const [oldId] = old.split(':');
    const fresh = anotherKey('fresh');
    const appended = await app.startNode({ secretKeys: `${old},${fresh}` });
    await workTogether(app, appended);
    const fronted = await app.startNode({ secretKeys: `${fresh},${old}` });
    await workTogether(appended, fronted);
    await rotateKeys(fronted);
    await workTogether(appended, fronted);
    await eventually(async () => expect(await secretKeysInUse(fronted)).toEqual(['fresh']));
    const dropped = await app.startNode({ secretKeys: fresh });
    await workTogether(fronted, dropped);
    expect(await remoteTokensOf(dropped)).toMatchObject({ accessToken: 'of the provider' });
    expect(oldId).not.toBe('fresh');
  });

  it('SECRET_KEYS that cannot open one row reseal the others, and name it', async () => {
    await breakSigningKey(app, signedNowBy(app));
    const node = await app.startNode({ secretKeys: `${anotherKey('fresh')},${app.database.secretKeys}` });
    await eventually(async () => expect(await secretKeysInUse(node)).toContain('fresh'));
    const { rows, unopened, unopenedRows } = await keysOf(node).reseal();
    expect([rows, unopened, unopenedRows]).toEqual([0, [expect.stringMatching(/^signing_keys: /)], 1]);
  });
});
