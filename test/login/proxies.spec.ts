import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as requestOf } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RemoteApis } from 'gatehouse';
import { variablesFor } from '../support/commands.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { FakeProxy } from '../support/fake-proxy.js';
import { FakeServer } from '../support/fake-server.js';
import { withTimeLimit } from '../support/outgoing.js';
import { signedInAs } from '../support/remote-sign-in.js';
import { selfSigned } from '../support/self-signed.js';
import { killStarts, START_MILLISECONDS, Start } from '../support/start.js';
import { freePort, TestApp } from '../support/test-app.js';
import { TestBrowser } from '../support/test-browser.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const basic = `Basic ${Buffer.from('us er:pa:ss').toString('base64')}`;

/** Has a process resolve the name inside.test, as the name server of a company would. */
const RESOLVES_INSIDE = `
  import dns from 'node:dns/promises';
  import { syncBuiltinESMExports } from 'node:module';
  const { lookup } = dns;
  const inside = [{ address: '203.0.114.1', family: 4 }, { address: '10.1.2.3', family: 4 }];
  dns.lookup = async (name, options) => (name === 'inside.test' ? inside : lookup(name, options));
  syncBuiltinESMExports();
`;

describe('A server behind a proxy', () => {
  let proxy: FakeProxy;
  let provider: FakeOidcProvider;
  let app: TestApp;
  beforeAll(async () => {
    [proxy, provider] = await Promise.all([FakeProxy.start(), FakeOidcProvider.start()]);
    provider.knownAs = 'http://corp.test';
    provider.reset();
    proxy.leads('corp.test:80', provider.server.url);
    proxy.authorization = basic;
    const address = `http://us%20er:pa%3Ass@localhost:${proxy.port}`;
    app = await TestApp.start({
      options: { outgoing: { httpProxy: address, httpsProxy: address, noProxy: 'direct.test' } },
      remoteApps: [
        { ...provider.settings('corp'), apiBaseUrl: 'http://corp.test/', apiHosts: ['direct.test', 'secure.test'] },
      ],
    });
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
    await proxy?.stop();
  });
  afterEach(() => {
    proxy.authorization = basic;
    proxy.isSilent = false;
    proxy.asked.length = 0;
  });

  const call = (url: string) => app.port(RemoteApis).get('corp').withToken('t').get(url);

  it('Everything that a sign-in asks of a provider goes through the proxy, with its credentials', async () => {
    const browser = app.browser();
    const { location } = await browser.get('/auth/corp');
    expect(location?.origin).toBe('http://corp.test');
    const there = await fetch(provider.server.url + location?.pathname + location?.search, { redirect: 'manual' });
    expect((await browser.get(there.headers.get('location') ?? '')).status).toBe(303);
    expect(new Set(proxy.asked)).toEqual(
      new Set([
        'GET http://corp.test/.well-known/openid-configuration',
        'POST http://corp.test/token',
        'GET http://corp.test/jwks',
        'GET http://corp.test/userinfo',
      ]),
    );
  });

  it('A proxy that takes no such credentials is told of by its name and without them', async () => {
    proxy.authorization = 'Basic other';
    await expect(call('userinfo')).rejects.toMatchObject({ detail: expect.stringMatching(/407/) });
    const told = `the proxy localhost:${proxy.port} answered 407 for secure.test:443`;
    await expect(call('https://secure.test/')).rejects.toMatchObject({ detail: expect.stringContaining(told) });
    const secret = expect.stringMatching(/pa:ss|pa%3Ass/);
    await expect(call('https://secure.test/')).rejects.not.toMatchObject({ detail: secret });
    await expect(call('https://secure.test/')).rejects.not.toMatchObject({ message: secret });
  });

  it('A proxy that is asked for a tunnel and never answers is given up on in time', async () => {
    proxy.isSilent = true;
    await withTimeLimit(app, 0.2, () =>
      expect(call('https://secure.test/')).rejects.toMatchObject({
        detail: expect.stringMatching(/no answer in 0.2 seconds/),
      }),
    );
    expect(proxy.asked).toEqual(['CONNECT secure.test:443']);
  });

  it('A target of a tunnel whose certificate nobody vouches for is refused', async () => {
    const secure = await FakeServer.start({}, selfSigned('secure.test'));
    proxy.leads('secure.test:443', secure.url);
    await expect(call('https://secure.test/')).rejects.toMatchObject({
      detail: expect.stringMatching(/self-signed certificate/),
    });
    expect(secure.requests).toEqual([]);
    await secure.stop();
  });

  it('A host of the exceptions is called without the proxy', async () => {
    await expect(call('http://direct.test/')).rejects.toMatchObject({ detail: expect.stringMatching(/direct\.test/) });
    expect(proxy.asked).toEqual([]);
  });
});

describe('A server with an https issuer behind a proxy that speaks https', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-proxy-'));
  const certificate = selfSigned('corp.test');
  const certificateOfProxy = selfSigned('localhost');
  let proxy: FakeProxy;
  let provider: FakeOidcProvider;
  let database: TestDatabase;
  let start: Start;
  let browser: TestBrowser;
  beforeAll(async () => {
    const port = await freePort();
    [proxy, provider, database] = await Promise.all([
      FakeProxy.start(certificateOfProxy),
      FakeOidcProvider.start(certificate),
      createTestDatabase(),
    ]);
    provider.knownAs = 'https://corp.test';
    provider.reset();
    provider.endUser = { sub: 'behind', name: 'Behind the proxy' };
    proxy.leads('corp.test:443', provider.server.url);
    const file = join(folder, 'authority.pem');
    writeFileSync(file, certificate.cert + certificateOfProxy.cert);
    const resolver = join(folder, 'resolver.mjs');
    writeFileSync(resolver, RESOLVES_INSIDE);
    const secret = { CLIENT_ID: provider.clientId, CLIENT_SECRET: provider.clientSecret };
    const of = (name: string, variables: Record<string, string>) =>
      Object.fromEntries(Object.entries({ ...secret, ...variables }).map(([key, value]) => [`${name}_${key}`, value]));
    start = new Start(folder, {
      ...variablesFor(database),
      PORT: String(port),
      ISSUER: 'https://id.test',
      TRUST_PROXY: '1',
      NODE_OPTIONS: `--import=${resolver}`,
      LOGIN_PROVIDERS: 'corp,literal,here,inside',
      ...of('CORP', { ISSUER: 'https://corp.test' }),
      ...of('LITERAL', { ISSUER: 'https://10.1.2.3' }),
      ...of('INSIDE', { ISSUER: 'https://inside.test' }),
      ...of('HERE', { ISSUER: 'https://localhost:9' }),
      https_proxy: `https://localhost:${proxy.port}`,
      NODE_EXTRA_CA_CERTS: file,
    });
    await start.url();
    browser = new TestBrowser(`http://localhost:${port}`);
  }, START_MILLISECONDS);
  afterAll(async () => {
    killStarts();
    await provider?.stop();
    await proxy?.stop();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('A sign-in goes through a tunnel to a name that resolves nowhere here, under a certificate of NODE_EXTRA_CA_CERTS', async () => {
    const { location } = await browser.get('/auth/corp', { 'x-forwarded-proto': 'https' });
    expect(location?.origin).toBe('https://corp.test');
    const back = await redirectOf(`${provider.server.url}${location?.pathname}${location?.search}`);
    const page = await browser.get(back.replace('https://id.test', ''), { 'x-forwarded-proto': 'https' });
    expect(page.status).toBe(303);
    expect(await signedInAs(browser)).toBe('Behind the proxy');
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT corp.test:443']));
  });

  it.each(['literal', 'here', 'inside'])('A private address is refused behind a proxy too: %s', async (name) => {
    expect((await browser.get(`/auth/${name}`)).html).toContain('<code>provider_unreachable</code>');
    expect(new Set(proxy.asked)).toEqual(new Set(['CONNECT corp.test:443']));
  });

  /** Where the provider redirects to, which a browser that trusts it would follow. */
  function redirectOf(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { ca: certificate.cert, servername: 'corp.test' };
      requestOf(url, options, ({ headers }) => resolve(headers.location ?? ''))
        .on('error', reject)
        .end();
    });
  }
});
