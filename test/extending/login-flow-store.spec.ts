import { LoginFlowStore } from 'gatehouse';
import { CachedFlows } from '../../examples/twitter-oauth1/cached-flows.js';
import { twitter } from '../../examples/twitter-oauth1/twitter.js';
import { FakeOAuth1Provider } from '../support/fake-oauth1-provider.js';
import { expectFailurePage, leaveFor, signedInAs } from '../support/remote-sign-in.js';
import { countOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

describe('Twitter-style OAuth 1.0a with the temporary credentials in a cache of the application', () => {
  let provider: FakeOAuth1Provider;
  let app: TestApp;
  let flows: CachedFlows;
  beforeAll(async () => {
    provider = await FakeOAuth1Provider.start();
    const { requestTokenUrl, authorizeUrl, accessTokenUrl, apiBaseUrl } = provider.settings('twitter');
    const addresses = { requestTokenUrl, authorizeUrl, accessTokenUrl, apiBaseUrl, userinfoUrl: 'me.json' };
    app = await TestApp.start({
      remoteApps: [{ ...twitter(provider.clientId, provider.clientSecret), ...addresses }],
      options: { replace: [[LoginFlowStore, CachedFlows]] },
    });
    flows = app.port(LoginFlowStore) as CachedFlows;
    provider.endUser = { id_str: '7', name: 'Of Twitter', screen_name: 'of_twitter' };
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });

  it('A sign-in keeps its temporary credentials in the cache, sealed, and goes on with them', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/twitter?return_to=%2Faccount');
    expect(flows.cache.size).toBe(1);
    const [[key, { text }] = ['', { text: '' }]] = [...flows.cache];
    const token = new URL(callback).searchParams.get('oauth_token') ?? '';
    expect(key + text).not.toContain(token);
    expect([...browser.cookies.values()].join().length).toBeLessThan(400);
    expect((await browser.get(callback)).headers.get('location')).toBe('/account');
    expect(await signedInAs(browser)).toBe('Of Twitter');
    // That the answer was used is all that PostgreSQL keeps.
    expect(await countOf(app, 'login_flows')).toBe(1);
  });

  it('A sign-in whose credentials the cache has lost, or that another browser goes on with, begins anew', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/twitter');
    expectFailurePage(await app.browser().get(callback), 400, 'flow_unknown', '');
    flows.cache.clear();
    expectFailurePage(await browser.get(callback), 400, 'flow_unknown', '');
  });
});
