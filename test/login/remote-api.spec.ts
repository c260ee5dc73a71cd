import { type RemoteApi, RemoteApis } from 'gatehouse';
import { ProviderProfileModule } from '../../examples/provider-profile/provider-profile.module.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { hearingEvents } from '../support/heard-events.js';
import { failUpdates, triedUpdates } from '../support/held-locks.js';
import { RefreshingProvider } from '../support/refreshing-provider.js';
import { signInAt } from '../support/remote-sign-in.js';
import { rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { TestBrowser } from '../support/test-browser.js';

const JSON_ONLY = { accept: 'application/json' };

describe("A provider's API called with the tokens of a linked account", () => {
  let provider: FakeOidcProvider;
  let tokens: RefreshingProvider;
  let app: TestApp;
  let node: TestApp;
  let browser: TestBrowser;
  let count = 0;
  const events = hearingEvents();
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    tokens = new RefreshingProvider(provider);
    app = await TestApp.start({ remoteApps: [tokens.settings], extensions: [ProviderProfileModule, events.module] });
    node = await app.startNode();
  });
  afterAll(async () => {
    await app?.stop();
    await provider?.stop();
  });
  beforeEach(async () => {
    provider.reset();
    tokens = new RefreshingProvider(provider);
    count += 1;
    provider.endUser = { sub: `caller-${count}`, name: `Caller ${count}` };
    browser = app.browser();
    expect((await signInAt(browser, '/auth/corp')).status).toBe(303);
  });

  const profile = (at = app) =>
    at.get('/profile', { ...JSON_ONLY, cookie: [...browser.cookies].map((pair) => pair.join('=')).join('; ') });
  const userId = async () =>
    String((await rowsOf(app, 'linked_accounts', { remote_subject: `caller-${count}` }))[0]?.subject);
  const corp = (at = app): RemoteApi => at.port(RemoteApis).get('corp');

  it('A call goes with the stored token, and one that is over is refreshed first', async () => {
    const answer = await profile();
    expect([answer.status, await answer.json(), tokens.refreshes]).toEqual([200, { name: 'Of the API' }, 1]);
    expect([(await profile()).status, tokens.refreshes]).toEqual([200, 1]);
  });

  it('Fifty calls at once on two nodes with tokens that are over cause one refresh, and no reuse', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => profile(index % 2 ? app : node)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect([tokens.refreshes, tokens.reuses]).toEqual([1, 0]);
  });

  it('A token that the API refuses is refreshed once, and an API that refuses the new one too has the last word', async () => {
    await profile();
    tokens.revokeAccessTokens();
    expect([(await profile()).status, tokens.refreshes]).toEqual([200, 2]);
    provider.server.routes.set('/api/me', () => ({ status: 401, body: {} }));
    const answer = await corp()
      .as(await userId())
      .get('me');
    expect([answer.status, tokens.refreshes]).toEqual([401, 3]);
  });

  it.each(['invalid_grant', 'bad_refresh_token'])(
    'A refresh that the provider refuses by %s asks for a sign-in there, and is not tried again before',
    async (error) => {
      tokens.refusal = () => ({ status: 400, body: { error } });
      const answer = await profile();
      expect([answer.status, await answer.json()]).toEqual([
        403,
        expect.objectContaining({ error: 'reauth_required' }),
      ]);
      const page = await browser.get('/profile');
      expect(page.html).toContain('href="/auth/corp?return_to=');
      expect([(await profile(node)).status, tokens.refreshes]).toEqual([403, 1]);
      tokens.refusal = undefined;
      await signInAt(browser, '/auth/corp');
      expect((await profile()).status).toBe(200);
    },
  );

  it.each([
    { status: 503, body: 'down' },
    { status: 429, headers: { 'retry-after': '17' }, body: { error: 'too_many' } },
    { status: 401, body: { error: 'invalid_client' } },
    { status: 403, body: '<html>blocked</html>' },
  ])('A provider that cannot refresh just now keeps the tokens, and says when to come again: %j', async (refusal) => {
    tokens.refusal = () => refusal;
    const answer = await profile();
    expect([answer.status, (await answer.json()).error]).toEqual([503, 'temporarily_unavailable']);
    expect(answer.headers.get('retry-after')).toBe(refusal.status === 429 ? '17' : '5');
    tokens.refusal = undefined;
    expect((await profile(node)).status).toBe(200);
  });

  it('Tokens of a refresh are written however often the database fails meanwhile', async () => {
    events.heard();
    await failUpdates(app, 'linked_accounts', 4);
    expect([(await profile()).status, tokens.refreshes]).toEqual([200, 1]);
    expect(await triedUpdates(app)).toBe(5);
    expect(events.heard()).toContainEqual({
      type: 'remote_tokens.refreshed',
      subject: await userId(),
      provider: 'corp',
    });
    expect([(await profile(node)).status, tokens.refreshes]).toEqual([200, 1]);
  });

  it('A sign-in during a refresh wins, and the refresh overwrites nothing', async () => {
    let inside = 0;
    tokens.refusal = async () => {
      inside += 1;
      tokens.refusal = undefined;
      await signInAt(browser, '/auth/corp');
      return { body: { access_token: 'stale', refresh_token: 'stale', token_type: 'Bearer', expires_in: 3600 } };
    };
    await profile();
    expect(inside).toBe(1);
    expect((await profile()).status).toBe(200);
  });

  it('Tokens go to no host that the app does not name', async () => {
    const caller = corp().as(await userId());
    await expect(caller.get('https://evil.example/me')).rejects.toThrow(/are for localhost:\d+, not for evil\.example/);
    await expect(caller.get('//evil.example/me')).rejects.toThrow(/not for evil\.example/);
  });

  it('A call may send a query, JSON, a form or a body of its own, with tokens from elsewhere', async () => {
    provider.server.routes.set('/api/echo', ({ url, headers, form, method }) => ({
      body: {
        method,
        query: url.search,
        type: headers['content-type'],
        authorization: headers.authorization,
        form: [...form],
      },
    }));
    const caller = corp().withToken('from elsewhere');
    const sent = await caller.post('echo', { query: { a: '1' }, form: { b: '2 3' } });
    expect(await sent.json()).toEqual({
      method: 'POST',
      query: '?a=1',
      type: 'application/x-www-form-urlencoded',
      authorization: 'Bearer from elsewhere',
      form: [['b', '2 3']],
    });
    const json = await (await caller.patch('echo', { json: { c: 1 } })).json();
    expect([json.method, json.type, json.form]).toEqual(['PATCH', 'application/json', [['{"c":1}', '']]]);
  });
});
