import { responseOf } from '../support/authorization-request.js';
import { aClient, type ClientMetadataInput } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

let app: TestApp;
let ada: TestEndUser;
let browser: TestBrowser;
beforeAll(async () => {
  app = await TestApp.start();
  ada = await anEndUser().registeredAt(app);
  browser = await ada.browser();
});
afterAll(() => app.stop());

let clients = 0;
/** A public client that nobody has allowed anything yet. */
const register = (metadata: Partial<ClientMetadataInput>): Promise<TestClient> =>
  aClient()
    .named(`client-${++clients}`)
    .public()
    .with(metadata as ClientMetadataInput)
    .registeredAt(app);

const isConsent = (page: Page) => page.status === 200 && page.html.includes('action="/oauth/authorize/decision"');
const allow = (page: Page) => browser.submit(page, { decision: 'allow' });

describe('a program on the device of its end user (RFC 8252)', () => {
  const NATIVE: readonly [string, Partial<ClientMetadataInput>][] = [
    ['that says native', { application_type: 'native', redirect_uris: ['https://app.example/cb'] }],
    ['that says native, at localhost', { application_type: 'native', redirect_uris: ['http://localhost:3000/cb'] }],
    ['with a scheme of its own', { redirect_uris: ['com.example.app:/cb'] }],
    ['with a scheme of its own that says web', { application_type: 'web', redirect_uris: ['com.example.app:/cb'] }],
    ['with a loopback address', { redirect_uris: ['http://127.0.0.1/cb'] }],
    ['with a loopback address of IPv6', { redirect_uris: ['http://[::1]/cb'] }],
    ['with a loopback address besides others', { redirect_uris: ['https://app.example/cb', 'http://127.0.0.1/cb'] }],
  ];
  const everyNative = NATIVE.flatMap(([what, metadata]) => [
    [what, metadata] as const,
    [`${what}, of the operator's own`, { ...metadata, first_party: true }] as const,
  ]);

  it.each(everyNative)(
    'A public client %s asks its end user each time (RFC 8252 section 8.6)',
    async (_what, metadata) => {
      const client = await register(metadata);
      for (const _time of ['first', 'second']) {
        const page = await client.ask(browser);
        expect(isConsent(page)).toBe(true);
        expect(responseOf(await allow(page))).toHaveProperty('code');
      }
    },
  );

  it.each(everyNative)(
    'A public client %s gets nothing without interaction by prompt=none',
    async (_what, metadata) => {
      const client = await register(metadata);
      await allow(await client.ask(browser));
      expect(responseOf(await client.ask(browser, { prompt: 'none' }))).toMatchObject({
        error: 'interaction_required',
        state: 'a state & more',
        iss: app.url,
      });
      expect(responseOf(await client.ask(app.browser(), { prompt: 'none' }))).toMatchObject({
        error: 'login_required',
      });
    },
  );

  it.each<[string, Partial<ClientMetadataInput>]>([
    ['at https', {}],
    ['at localhost, such as a single-page application in development', { redirect_uris: ['http://localhost:5173/cb'] }],
    ['at a loopback address that says web', { application_type: 'web', redirect_uris: ['http://127.0.0.1:5173/cb'] }],
  ])('A public client %s asks its end user once', async (_what, metadata) => {
    const client = await register(metadata);
    await allow(await client.ask(browser));
    for (const prompt of [undefined, 'none']) {
      expect(responseOf(await client.ask(browser, { prompt }))).toHaveProperty('code');
    }
    const own = await register({ ...metadata, first_party: true });
    expect(responseOf(await own.ask(browser))).toHaveProperty('code');
  });

  it('A native client that proves itself by a secret asks its end user once', async () => {
    const client = await aClient().named('sealed').with({ application_type: 'native' }).registeredAt(app);
    await allow(await client.ask(browser));
    expect(responseOf(await client.ask(browser, { prompt: 'none' }))).toHaveProperty('code');
  });

  it.each([
    'cursor://anysphere.cursor-retrieval/oauth/callback',
    'vscode://publisher.extension/callback',
    'exp://192.0.2.7:8081/--/callback',
    'myapp:/callback',
  ])('A native client may have its answers go to %s, with PKCE', async (redirectUri) => {
    const client = await register({ redirect_uris: [redirectUri] });
    const page = await allow(await client.ask(browser));
    expect(page.location?.href.startsWith(redirectUri)).toBe(true);
    const { code = '' } = Object.fromEntries(page.location?.searchParams ?? []);
    expect(await tokensOf(client.redeem(code))).toHaveProperty('access_token');
  });

  it('A client with a secret must use PKCE too where any program may claim the scheme of its answers', async () => {
    const client = aClient().named('claimable').redirectingTo('myapp:/callback', 'https://app.example/cb');
    const confidential = await client.registeredAt(app);
    const withoutPkce = { code_challenge: undefined, code_challenge_method: undefined };
    const refusal = await confidential.ask(browser, withoutPkce);
    expect(Object.fromEntries(refusal.location?.searchParams ?? [])).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('code_challenge_method=S256'),
    });
    expect(isConsent(await confidential.ask(browser))).toBe(true);
    const elsewhere = { ...withoutPkce, redirect_uri: 'https://app.example/cb' };
    expect(isConsent(await confidential.ask(browser, elsewhere))).toBe(true);
  });
});
