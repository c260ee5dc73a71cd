import { FakeProvider } from '../support/fake-provider.js';
import { presetNamesHere } from '../support/presets.js';
import { PROVIDERS } from '../support/provider-facts.js';
import { expectFailurePage } from '../support/remote-sign-in.js';
import { rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { Page, TestBrowser } from '../support/test-browser.js';

it('Every preset is played here, and every provider that is played has a preset', () => {
  expect(PROVIDERS.map(({ name }) => name).sort()).toEqual(presetNamesHere());
});

describe.each(PROVIDERS)('The preset $name', (facts) => {
  let provider: FakeProvider;
  let app: TestApp;
  beforeAll(async () => {
    provider = await FakeProvider.start(facts);
    app = await TestApp.start({ remoteApps: [await provider.settings()] });
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.server.stop();
  });
  beforeEach(() => {
    provider.declines = false;
    provider.refuses = false;
    provider.faults.length = 0;
  });

  /** The whole sign-in, up to the answer of the callback, however the provider sends its own. */
  const signIn = async (browser: TestBrowser): Promise<Page> => {
    const start = await browser.get(`/auth/${facts.name}`);
    const answer = await fetch(start.location?.href ?? '', { redirect: 'manual' });
    const callback = `/auth/${facts.name}/callback`;
    if (facts.responseMode === undefined) return browser.get(answer.headers.get('location') ?? '');
    const posted = await browser.post(callback, (await answer.json()) as Record<string, string>);
    return browser.get(posted.location?.href ?? '');
  };

  it('The preset signs in with what the provider wants, and reads what the provider says', async () => {
    const page = await signIn(app.browser());
    expect(provider.faults).toEqual([]);
    expect([page.status, /<code>(\w+)<\/code>/.exec(page.html)?.[1]]).toEqual([303, undefined]);
    const [account = {}] = await rowsOf(app, 'linked_accounts', { provider: facts.name });
    const [user = {}] = await rowsOf(app, 'users', { id: account.subject });
    const { sub, email = null, ...claims } = facts.normalised;
    expect({ sub: account.remote_subject, claims: account.claims, email: user.email }).toEqual({ sub, claims, email });
  });

  it('The preset tells that the end user declined, and what the provider refused', async () => {
    provider.declines = true;
    expectFailurePage(await signIn(app.browser()), 403, 'access_denied', 'declined');
    provider.declines = false;
    provider.refuses = true;
    expectFailurePage(await signIn(app.browser()), 502, 'token_refused', facts.refusal.code);
  });

  it(`The tokens of the preset ${facts.refreshes ? 'are refreshed' : 'last until the end user signs in again'}`, async () => {
    const browser = app.browser();
    await signIn(browser);
    provider.forgetAccessTokens();
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await app.get(`/profile/${facts.name}`, { accept: 'application/json', cookie });
    // Where there is no user info, the id_token is what the provider says.
    const isKnown = facts.refreshes || facts.userinfo === undefined;
    expect([answer.status, (await answer.json()).sub]).toEqual(
      isKnown ? [200, facts.normalised.sub] : [502, undefined],
    );
    expect(provider.faults).toEqual([]);
  });
});
