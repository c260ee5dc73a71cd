import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { expectFailurePage, leaveFor, signedInAs, traces } from '../support/remote-sign-in.js';
import { countOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

describe('An answer of a provider that comes again', () => {
  let provider: FakeOidcProvider;
  let app: TestApp;
  let node: TestApp;
  let count = 0;
  let redeemed = 0;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    app = await TestApp.start({ remoteApps: [provider.settings('corp')] });
    node = await app.startNode();
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });
  beforeEach(() => {
    provider.reset();
    count += 1;
    redeemed = 0;
    provider.endUser = { sub: `again-${count}`, name: `Again ${count}` };
    const honest = provider.server.routes.get('/token');
    provider.server.routes.set('/token', async (request) => {
      redeemed += 1;
      return (await honest?.(request)) ?? {};
    });
  });

  /** What a browser that had nothing but the flow is given. */
  const given = (response: Response) => ({
    status: response.status,
    location: response.headers.get('location'),
    session: response.headers.getSetCookie().find((cookie) => cookie.includes('session=')),
  });

  it('Five at once on two nodes redeem the code once, and all are sent on with the same session', async () => {
    const browser = app.browser();
    const callback = new URL(await leaveFor(browser, '/auth/corp?return_to=%2Faccount'));
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
    const before = await traces(app);
    const responses = await Promise.all(
      Array.from({ length: 5 }, (_, index) =>
        (index % 2 ? app : node).get(callback.pathname + callback.search, { cookie, accept: 'text/html' }),
      ),
    );
    const answers = responses.map(given);
    expect(answers[0]).toMatchObject({ status: 303, location: '/account', session: expect.any(String) });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(redeemed).toBe(1);
    expect(await traces(app)).toEqual({
      users: before.users + 1,
      links: before.links + 1,
      sessions: before.sessions + 1,
    });
  });

  it('One that comes again a moment later leaves the browser signed in where the first one did', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/corp?return_to=%2Faccount');
    await browser.get(callback);
    const again = await browser.get(callback);
    expect([again.status, again.headers.get('location'), redeemed]).toEqual([303, '/account', 1]);
    expect(await signedInAs(browser)).toBe(`Again ${count}`);
    expect(await countOf(app, 'sign_in_sessions')).toBeGreaterThan(0);
  });

  it('One with other parameters, or from another browser, is refused, and the first is not undone', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/corp');
    await browser.get(callback);
    const changed = new URL(callback);
    changed.searchParams.set('code', 'of somebody else');
    expectFailurePage(await browser.get(changed.href), 400, 'flow_unknown', 'was used already');
    expectFailurePage(await app.browser().get(callback), 400, 'flow_unknown', 'was used already');
    expect(redeemed).toBe(1);
    expect(await signedInAs(browser)).toBe(`Again ${count}`);
  });

  it('One whose first came to nothing is refused without asking the provider again', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/corp');
    provider.claims = ({ nonce: _, ...claims }) => claims;
    expectFailurePage(await browser.get(callback), 502, 'id_token_invalid', 'could not be verified');
    expectFailurePage(await browser.get(callback), 400, 'flow_unknown', 'was used already');
    expect(redeemed).toBe(1);
  });
});
