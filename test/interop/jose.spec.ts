import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import { SigningKeys } from '../../src/oauth-server/keys/signing-keys.js';
import { type FakeRequest, FakeServer } from '../support/fake-server.js';
import { basic, TestApp } from '../support/test-app.js';

const SECRET = 'the secret of a machine';

let app: TestApp;
let api: FakeServer;
let keyFetches = 0;
beforeAll(async () => {
  app = await TestApp.start();
  const machine = { grant_types: ['client_credentials'], response_types: [], scope: 'profile email' };
  await app.registerClient('machine', machine, SECRET);
  await app.registerClient('short-lived', { ...machine, access_token_lifetime: 1 }, SECRET);
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

async function tokenOf(clientId: string, scope: string): Promise<string> {
  const form = { grant_type: 'client_credentials', scope };
  return (await (await app.post('/oauth/token', form, basic(clientId, SECRET))).json()).access_token;
}

async function ask(accessToken: string) {
  const response = await fetch(`${api.url}/profile`, { headers: { authorization: `Bearer ${accessToken}` } });
  return { status: response.status, body: await response.json().catch(() => undefined) };
}

describe('an API elsewhere that checks tokens with jose', () => {
  it('lets a token in by its issuer, audience, type and scope', async () => {
    expect(await ask(await tokenOf('machine', 'profile'))).toMatchObject({
      status: 200,
      body: { iss: app.url, aud: app.url, sub: 'machine', client_id: 'machine', scope: 'profile' },
    });
    expect(await ask(await tokenOf('machine', 'email'))).toMatchObject({ status: 403 });
  });

  it('refuses one that was changed, and one that has expired', async () => {
    const [header, payload, signature] = (await tokenOf('machine', 'email')).split('.');
    const claims = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString());
    const more = Buffer.from(JSON.stringify({ ...claims, scope: 'profile' })).toString('base64url');
    expect(await ask(`${header}.${more}.${signature}`)).toMatchObject({
      body: { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
    });
    const expiring = await tokenOf('short-lived', 'profile');
    app.clock.travel({ seconds: 2 });
    expect(await ask(expiring)).toMatchObject({ status: 401, body: { code: 'ERR_JWT_EXPIRED' } });
  });

  it('goes on through a key rotation without a look at the keys, since the next one is published ahead', async () => {
    const before = await tokenOf('machine', 'profile');
    expect((await ask(before)).status).toBe(200);
    const fetches = keyFetches;
    await app.nest.get(SigningKeys, { strict: false }).rotate();
    const after = await tokenOf('machine', 'profile');
    expect(after.split('.')[0]).not.toBe(before.split('.')[0]);
    for (const token of [before, after]) expect((await ask(token)).status).toBe(200);
    expect(keyFetches).toBe(fetches);
  });
});
