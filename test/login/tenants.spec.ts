import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { MICROSOFT_ISSUER, microsoftAt, playMicrosoft, signInFrom } from '../support/microsoft.js';
import { expectFailurePage, signedInAs, traces } from '../support/remote-sign-in.js';
import { rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

describe('A provider that serves many tenants by one configuration', () => {
  let provider: FakeOidcProvider;
  let app: TestApp;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    const { clientId, clientSecret } = provider;
    playMicrosoft(provider);
    app = await TestApp.start({
      remoteApps: [{ name: 'microsoft', clientId, clientSecret, issuer: MICROSOFT_ISSUER }],
      extensions: [microsoftAt(provider)],
    });
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });
  beforeEach(() => {
    provider.reset();
    playMicrosoft(provider);
  });

  it('Two tenants with one subject are two end users, by the issuer of their id_tokens (OpenID Connect Core 5.7)', async () => {
    const [one, other] = [app.browser(), app.browser()];
    provider.endUser = { sub: 'the-same', name: 'One of 1111' };
    expect((await signInFrom('1111', one, provider)).status).toBe(303);
    provider.endUser = { sub: 'the-same', name: 'One of 2222' };
    expect((await signInFrom('2222', other, provider)).status).toBe(303);
    expect([await signedInAs(one), await signedInAs(other)]).toEqual(['One of 1111', 'One of 2222']);
    const issuers = (await rowsOf(app, 'linked_accounts')).map(({ remote_issuer }) => remote_issuer).sort();
    expect(issuers).toEqual([
      'https://login.microsoftonline.com/1111/v2.0',
      'https://login.microsoftonline.com/2222/v2.0',
    ]);
  });

  it('An iss of the tenant in the authorization response is taken, and one of another is refused (RFC 9207 2.4)', async () => {
    provider.endUser = { sub: 'with-iss', name: 'With iss' };
    const own = 'https://login.microsoftonline.com/1111/v2.0';
    expect((await signInFrom('1111', app.browser(), provider, own)).status).toBe(303);
    const before = await traces(app);
    for (const iss of [
      'https://login.microsoftonline.com/2222/v2.0',
      'https://login.microsoftonline.com/1111/v1.0',
      'https://login.microsoftonline.com/a/b/v2.0',
      'https://login.microsoftonline.com/{tenantid}/v2.0',
    ]) {
      const page = await signInFrom('1111', app.browser(), provider, iss);
      expectFailurePage(page, 400, 'issuer_mismatch', 'This answer does not come from');
    }
    expect(await traces(app)).toEqual(before);
  });
});
