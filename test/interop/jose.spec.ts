import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { aClient } from '../support/client-builder.js';
import { type FakeRequest, FakeServer } from '../support/fake-server.js';
import { rotateKeys } from '../support/signing.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

let app: TestApp;
let machine: TestClient;
let shortLived: TestClient;
let api: FakeServer;
let keyFetches = 0;
beforeAll(async () => {
  app = await TestApp.start();
  const machineClient = aClient().named('machine').using('client_credentials').allowed('profile email');
  machine = await machineClient.registeredAt(app);
  shortLived = await machineClient.named('short-lived').with({ access_token_lifetime: 1 }).registeredAt(app);
  const keys = createRemoteJWKSet(new URL(`${app.url}/oauth/jwks`), {
    [customFetch]: (url, options) => {
      keyFetches += 1;
      return fetch(url, options as RequestInit);
    },
  });
  api = await FakeServer.start({ '/profile': (request) => guarded(request, keys) });
});
afterAll(async () => {
  await api.stop();
  await app.stop();
});

/** A route of an API that knows nothing of this server but its issuer. */
async function guarded({ headers }: FakeRequest, keys: ReturnType<typeof createRemoteJWKSet>) {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const expected = { issuer: app.url, audience: app.url, typ: 'at+jwt', algorithms: ['ES256'] };
  try {
    const { payload } = await jwtVerify(token, keys, { ...expected, currentDate: app.clock.now() });
    const isAllowed = String(payload.scope).split(' ').includes('profile');
    return isAllowed ? { body: payload } : { status: 403 };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { status: 401, body: { code: error.code } };
    throw error;
  }
}

const tokenOf = async (client: TestClient, scope: string): Promise<string> =>
  (await tokensOf(client.clientCredentials({ scope }))).access_token;

async function ask(accessToken: string) {
  const response = await fetch(`${api.url}/profile`, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

describe('an API elsewhere that checks tokens with jose', () => {
  it('An API elsewhere lets a token in by its issuer, audience, type and scope', async () => {
    expect(await ask(await tokenOf(machine, 'profile'))).toMatchObject({
      status: 200,
      body: { iss: app.url, aud: app.url, sub: 'machine', client_id: 'machine', scope: 'profile' },
    });
    expect(await ask(await tokenOf(machine, 'email'))).toMatchObject({ status: 403 });
  });

  it('An API elsewhere refuses one that was changed, and one that has expired', async () => {
    const [header, payload, signature] = (await tokenOf(machine, 'email')).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const more = Buffer.from(JSON.stringify({ ...claims, scope: 'profile' })).toString('base64url');
    expect(await ask(`${header}.${more}.${signature}`)).toMatchObject({
      body: { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
    });
    const expiring = await tokenOf(shortLived, 'profile');
    app.clock.travel({ seconds: 2 });
    expect(await ask(expiring)).toMatchObject({ status: 401, body: { code: 'ERR_JWT_EXPIRED' } });
  });

  it('An API elsewhere goes on through a key rotation without a look at the keys, since the next one is published ahead', async () => {
    const before = await tokenOf(machine, 'profile');
    expect((await ask(before)).status).toBe(200);
    const fetches = keyFetches;
    await rotateKeys(app);
    const after = await tokenOf(machine, 'profile');
    expect(after.split('.')[0]).not.toBe(before.split('.')[0]);
    for (const token of [before, after]) expect((await ask(token)).status).toBe(200);
    expect(keyFetches).toBe(fetches);
  });
});
