import { generateKeyPairSync } from 'node:crypto';
import { preset, RemoteApis, RemoteAppRegistry, type RemoteAppSettings } from 'gatehouse';
import { jwtVerify } from 'jose';
import { FakeGithub } from '../support/fake-github.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import type { FakeAnswer, FakeRequest } from '../support/fake-server.js';
import { signedInAs, signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

const pem = (key: { export(options: object): string | Buffer }) => String(key.export({ type: 'pkcs8', format: 'pem' }));
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('This client at a provider', () => {
  let oidc: FakeOidcProvider;
  let github: FakeGithub;
  let app: TestApp;
  let count = 0;
  beforeAll(async () => {
    [oidc, github] = await Promise.all([FakeOidcProvider.start(), FakeGithub.start()]);
    app = await TestApp.start({ remoteApps: [oidc.settings('corp')] });
  });
  afterAll(async () => {
    await app?.stop();
    await oidc?.stop();
    await github?.stop();
  });
  beforeEach(() => {
    oidc.reset();
    count += 1;
    oidc.endUser = { sub: `client-${count}`, name: `Client ${count}` };
  });

  const register = (settings: Partial<RemoteAppSettings>) =>
    app.port(RemoteAppRegistry).register({ ...oidc.settings(`app${count}`), ...settings });

  /** Has the token endpoint take whoever proves to be the client as `isRight` finds. */
  const takes = (isRight: (request: FakeRequest) => unknown) => {
    const honest = oidc.server.routes.get('/token');
    oidc.server.routes.set('/token', async (request) => {
      if (!(await isRight(request))) return { status: 401, body: { error: 'invalid_client' } };
      const headers = { ...request.headers, authorization: basic(`${oidc.clientId}:${oidc.clientSecret}`) };
      return (await honest?.({ ...request, headers })) as FakeAnswer;
    });
  };

  const assertionBy =
    (key: Parameters<typeof jwtVerify>[1], audience: () => string) => async (request: FakeRequest) => {
      const { form, headers } = request;
      const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', key, {
        issuer: oidc.clientId,
        subject: oidc.clientId,
        audience: audience(),
        requiredClaims: ['jti', 'exp', 'iat'],
      });
      const isShort = Number(payload.exp) - Number(payload.iat) <= 60;
      const type = form.get('client_assertion_type');
      const isNamed = type === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' && !headers.authorization;
      return isNamed && isShort && protectedHeader.kid === (form.has('kid') ? '' : protectedHeader.kid);
    };

  it.each<[string, Partial<RemoteAppSettings>, (request: FakeRequest) => unknown]>([
    [
      'its secret in the header as it is',
      { clientAuthentication: 'client_secret_basic_raw', clientSecret: 'raw+/ :secret' },
      ({ headers }) => headers.authorization === basic('oidc-client:raw+/ :secret'),
    ],
    [
      'its secret in the body',
      { clientAuthentication: 'client_secret_post' },
      ({ form, headers }) =>
        form.get('client_id') === 'oidc-client' &&
        form.get('client_secret') === 'oidc-secret' &&
        !headers.authorization,
    ],
    [
      'a JWT under its secret',
      { clientAuthentication: 'client_secret_jwt', clientSecret: 'a secret of at least 32 bytes ....' },
      (request) =>
        assertionBy(new TextEncoder().encode('a secret of at least 32 bytes ....'), () => oidc.issuer)(request),
    ],
    [
      'a JWT under its EC key',
      { clientAuthentication: 'private_key_jwt', privateKey: pem(EC.privateKey), keyId: 'k1' },
      (request) => assertionBy(EC.publicKey, () => oidc.issuer)(request),
    ],
    [
      'a JWT under its RSA key, as a JWK and for the token endpoint',
      {
        clientAuthentication: 'private_key_jwt',
        privateKey: JSON.stringify(RSA.privateKey.export({ format: 'jwk' })),
        signingAlgorithm: 'PS256',
        assertionAudience: 'token_endpoint',
      },
      (request) => assertionBy(RSA.publicKey, () => `${oidc.issuer}/token`)(request),
    ],
    [
      'nothing but its id',
      { clientAuthentication: 'none' },
      ({ form, headers }) =>
        form.get('client_id') === 'oidc-client' && !form.has('client_secret') && !headers.authorization,
    ],
  ])('A client proves itself by %s', async (_, settings, isRight) => {
    const { name } = await register(settings);
    takes(isRight);
    const browser = app.browser();
    expect((await signInAt(browser, `/auth/${name}`)).status).toBe(303);
    expect(await signedInAs(browser)).toBe(`Client ${count}`);
  });

  it("A client proves itself by a secret that it mints for each request, as Apple's do", async () => {
    const key = pem(EC.privateKey).replaceAll('\n', '\\n');
    const settings = { clientAuthentication: 'minted_secret', privateKey: key, keyId: 'KEY', teamId: 'TEAM' } as const;
    const { name } = await register(settings);
    takes(async ({ form }) => {
      const expected = { issuer: 'TEAM', subject: oidc.clientId, audience: oidc.issuer, algorithms: ['ES256'] };
      const { protectedHeader } = await jwtVerify(form.get('client_secret') ?? '', EC.publicKey, expected);
      return protectedHeader.kid === 'KEY' && form.get('client_id') === oidc.clientId;
    });
    expect((await signInAt(app.browser(), `/auth/${name}`)).status).toBe(303);
  });

  it.each<[string, Partial<RemoteAppSettings>, RegExp]>([
    ['no private key', { clientAuthentication: 'private_key_jwt' }, /privateKey is missing/],
    ['a key that cannot be read', { privateKey: 'nonsense' }, /privateKey is no private key that can be read/],
    [
      'an algorithm of another kind of key',
      { privateKey: pem(EC.privateKey), signingAlgorithm: 'RS256' },
      /signingAlgorithm is not one that this private key can sign with/,
    ],
    [
      'a minted secret without team and key id',
      { clientAuthentication: 'minted_secret', privateKey: pem(EC.privateKey) },
      /teamId is missing.*\n.*keyId is missing/,
    ],
    ['a name that is taken', { name: 'corp' }, /corp is given twice/],
    ['an audience that is not known', { assertionAudience: 'me' as 'issuer' }, /assertionAudience is not an audience/],
  ])('A provider with %s cannot be added while the server runs', async (_, settings, message) => {
    await expect(register(settings)).rejects.toThrow(message);
  });

  it('Of two providers that are added under one name at the same time one is', async () => {
    const both = await Promise.allSettled([register({}), register({})]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('A provider that is added while the server runs has an API to call at once', async () => {
    const { name } = await register({ apiBaseUrl: `${oidc.issuer}/api` });
    oidc.server.routes.set('/api/who', ({ headers }) => ({ body: [headers.authorization] }));
    const answer = await app.port(RemoteApis).get(name).withToken('later').get('who');
    expect(await answer.json()).toEqual(['Bearer later']);
  });

  it('A provider that is added while the server runs is offered on the sign-in page and lets end users in', async () => {
    const { name } = await register({ label: 'Added later' });
    expect((await app.browser().get('/login')).html).toContain('Added later');
    expect((await signInAt(app.browser(), `/auth/${name}`)).status).toBe(303);
  });

  it('The metadata of a provider may stand elsewhere than its issuer says, and must be of that issuer', async () => {
    oidc.server.routes.set('/elsewhere', () => ({ body: oidc.metadata }));
    oidc.server.routes.set('/.well-known/openid-configuration', () => ({ status: 404 }));
    const serverMetadataUrl = `${oidc.issuer}/elsewhere/.well-known/metadata`;
    oidc.server.routes.set('/elsewhere/.well-known/metadata', () => ({ body: oidc.metadata }));
    const { name } = await register({ serverMetadataUrl });
    expect((await signInAt(app.browser(), `/auth/${name}`)).status).toBe(303);
    count += 1;
    const other = await register({ serverMetadataUrl, issuer: 'http://other.example' });
    const page = await app.browser().get(`/auth/${other.name}`);
    expect(page.html).toContain('<code>provider_metadata_unusable</code>');
  });

  it('An issuer is known by the address of its metadata alone', async () => {
    const { issuer, ...settings } = oidc.settings('by-metadata');
    await app
      .port(RemoteAppRegistry)
      .register({ ...settings, serverMetadataUrl: `${issuer}/.well-known/openid-configuration` });
    expect((await signInAt(app.browser(), '/auth/by-metadata')).status).toBe(303);
  });

  it('Tokens of the app itself are asked for once by all who call at the same time, and anew when they are over or refused', async () => {
    const { name } = await register({ apiBaseUrl: `${oidc.issuer}/api` });
    let given = 0;
    let lifetime = 3600;
    oidc.server.routes.set('/token', ({ form }) => {
      if (form.get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'invalid_request' } };
      given += 1;
      return { body: { access_token: `app-${given}`, token_type: 'Bearer', expires_in: lifetime } };
    });
    let refused = '';
    oidc.server.routes.set('/api/jobs', ({ headers }) =>
      headers.authorization === `Bearer ${refused}` ? { status: 401, body: {} } : { body: [headers.authorization] },
    );
    const api = app.port(RemoteApis).get(name).asApp();
    const call = async () => (await api.get('jobs')).json();
    expect(new Set((await Promise.all(Array.from({ length: 10 }, call))).flat())).toEqual(new Set(['Bearer app-1']));
    refused = 'app-1';
    expect(new Set((await Promise.all(Array.from({ length: 10 }, call))).flat())).toEqual(new Set(['Bearer app-2']));
    lifetime = 30;
    refused = 'app-2';
    expect(await call()).toEqual(['Bearer app-3']);
    expect(await call()).toEqual(['Bearer app-4']);
    oidc.server.routes.set('/token', () => ({ status: 503, headers: { 'retry-after': '9' }, body: 'down' }));
    await expect(call()).rejects.toMatchObject({ code: 'temporarily_unavailable', status: 503 });
  });

  it('A provider that takes the token in the address and gives the user id with it, under names of its own, is signed in at', async () => {
    const { url, routes } = github.server;
    routes.set('/authorize', ({ url: asked }) => {
      const back = new URL(asked.searchParams.get('redirect_uri') ?? '');
      const isRight = asked.searchParams.get('appid') === 'wx' && asked.searchParams.get('scope') === 'one,two';
      back.search = new URLSearchParams({
        code: isRight ? 'c' : '',
        state: asked.searchParams.get('state') ?? '',
      }).toString();
      return { status: 302, headers: { location: back.href } };
    });
    routes.set('/token', ({ form }) => {
      const isRight = form.get('appid') === 'wx' && form.get('secret') === 's' && !form.has('client_id');
      return { body: isRight ? 'callback( {"access_token":"t","uid":42} );' : 'callback( {"error":100020} );' };
    });
    routes.set('/show', ({ url: asked }) => {
      const { access_token: token, uid } = Object.fromEntries(asked.searchParams);
      return { body: token === 't' && uid === '42' ? { idstr: '42', screen_name: 'Forty-two' } : {} };
    });
    await app.port(RemoteAppRegistry).register({
      name: 'bent',
      clientId: 'wx',
      clientSecret: 's',
      clientAuthentication: 'client_secret_post',
      parameterNames: { client_id: 'appid', client_secret: 'secret' },
      scopes: ['one', 'two'],
      scopeSeparator: ',',
      tokenPlacement: 'query',
      authorizeUrl: `${url}/authorize`,
      accessTokenUrl: `${url}/token`,
      userinfoUrl: `${url}/show?uid={uid}`,
      profile: { claims: { sub: 'idstr', name: 'screen_name' } },
    });
    const browser = app.browser();
    expect((await signInAt(browser, '/auth/bent')).status).toBe(303);
    expect(await signedInAs(browser)).toBe('Forty-two');
  });

  it('A provider that takes the token in the body of a POST is given it there', async () => {
    const { routes } = github.server;
    github.reset();
    routes.set('/user', ({ method, headers, form }) => {
      const isRight = method === 'POST' && !headers.authorization && form.get('access_token')?.startsWith('gho_');
      return isRight ? { body: { id: 900, name: 'In the body' } } : { status: 401, body: {} };
    });
    const settings = {
      ...github.settings(`body${count}`),
      preset: 'github',
      profile: { claims: { sub: 'id', name: 'name' } },
    };
    await app.port(RemoteAppRegistry).register({ ...settings, tokenPlacement: 'body', userinfoMethod: 'POST' });
    const browser = app.browser();
    expect((await signInAt(browser, `/auth/body${count}`)).status).toBe(303);
    expect(await signedInAs(browser)).toBe('In the body');
  });

  it('A preset takes its credentials from the environment, and whatever is given overrides it', () => {
    process.env.WORK_CLIENT_ID = 'from the environment';
    process.env.WORK_CLIENT_SECRET = 'a secret';
    process.env.WORK_PRIVATE_KEY = 'a key';
    expect(preset('github', { name: 'work', label: 'Work' })).toEqual({
      name: 'work',
      preset: 'github',
      label: 'Work',
      clientId: 'from the environment',
      clientSecret: 'a secret',
      privateKey: 'a key',
    });
    expect(preset('github', { name: 'work', clientSecret: 'given' })).toMatchObject({ clientSecret: 'given' });
    expect(preset('github')).toEqual({ name: 'github', preset: 'github', clientId: '' });
    process.env.WORK_PRIVATE_KEY_FILE = '/nowhere';
    expect(() => preset('github', { name: 'work' })).toThrow(
      /WORK_PRIVATE_KEY_FILE is set and so is WORK_PRIVATE_KEY; keep/,
    );
    delete process.env.WORK_PRIVATE_KEY_FILE;
    delete process.env.WORK_PRIVATE_KEY;
    delete process.env.WORK_CLIENT_ID;
    delete process.env.WORK_CLIENT_SECRET;
  });
});
