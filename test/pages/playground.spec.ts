import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields } from '../support/test-browser.js';

describe('/playground', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ demo: true });
  });
  afterAll(() => app.stop());

  it('The playground shows an authorization request with PKCE, state and nonce, each parameter explained', async () => {
    const page = await app.browser().get('/playground');
    for (const name of ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge']) {
      expect(page.html).toMatch(
        new RegExp(`<dt><code>${name}</code></dt><dd><code>[^<]+</code></dd><dd class="hint">[^<]+`),
      );
    }
    expect(page.html).toContain('<dd><code>S256</code></dd>');
  });

  it('The playground draws the URL again for other scopes and another prompt, with the same state', async () => {
    const browser = app.browser();
    const first = await browser.get('/playground');
    const second = await browser.submit(first, { scope_openid: 'on', prompt: 'login' });
    expect(second.status).toBe(200);
    expect(second.html).toContain('<dd><code>openid</code></dd>');
    expect(second.html).toContain('<dd><code>login</code></dd>');
    const stateOf = (html: string) => /<code>state<\/code><\/dt><dd><code>([^<]+)/.exec(html)?.[1];
    expect(stateOf(second.html)).toBe(stateOf(first.html));
  });

  it('The playground sends the browser to the authorization endpoint with what was shown', async () => {
    const browser = app.browser();
    const { location } = await browser.submit(await browser.get('/playground'), { scope_openid: 'on', send: 'yes' });
    expect(location?.href.startsWith(`${app.url}/oauth/authorize?`)).toBe(true);
    expect(Object.fromEntries(location?.searchParams ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'playground',
      redirect_uri: `${app.url}/playground/callback`,
      scope: 'openid',
      code_challenge_method: 'S256',
    });
  });

  it('The playground trusts no answer that this browser did not ask for, and offers no step with it', async () => {
    const iss = encodeURIComponent(app.url);
    const page = await app.browser().get(`/playground/callback?code=stolen&state=made-up&iss=${iss}`);
    expect(page.html).toMatch(/class="failed"><strong>state<\/strong>/);
    expect(page.html).not.toContain('value="exchange"');
  });

  it('The playground trusts no answer that names another issuer (RFC 9207 section 2.4)', async () => {
    const browser = app.browser();
    const sent = await browser.submit(await browser.get('/playground'), { send: 'yes' });
    const state = sent.location?.searchParams.get('state');
    const page = await browser.get(`/playground/callback?code=c&state=${state}&iss=https%3A%2F%2Fother.example`);
    expect(page.html).toMatch(/class="passed"><strong>state<\/strong>/);
    expect(page.html).toMatch(/class="failed"><strong>iss<\/strong>/);
    expect(page.html).not.toContain('value="exchange"');
  });

  it('The playground tells of a refusal by its name, without a code', async () => {
    const browser = app.browser();
    const sent = await browser.submit(await browser.get('/playground'), { send: 'yes' });
    const state = sent.location?.searchParams.get('state');
    const iss = encodeURIComponent(app.url);
    const page = await browser.get(`/playground/callback?error=access_denied&state=${state}&iss=${iss}`);
    expect(page.html).toContain('<h1>You said no</h1>');
    expect(page.html).not.toContain('value="exchange"');
  });

  it('The playground takes each step by a form alone, and shows the refusal of each broken rule', async () => {
    const { email, password } = await anEndUser().registeredAt(app);
    const browser = app.browser();
    const sent = await browser.submit(await browser.get('/playground'), {
      scope_openid: 'on',
      scope_profile: 'on',
      scope_offline_access: 'on',
      send: 'yes',
    });
    const signIn = await browser.follow(sent);
    const signedIn = await browser.submit(signIn, { email, password });
    let page = await browser.follow(await browser.submit(await browser.follow(signedIn), { decision: 'allow' }));
    const take = async (step: string) => {
      page = await browser.submit(page, { step });
      return [...page.html.matchAll(/class="status[^"]*">(\d+)/g)].map(([, status]) => Number(status));
    };
    expect(await take('wrong-verifier')).toEqual([400]);
    expect(await take('exchange')).toEqual([200, 200]);
    expect(page.html).not.toContain('class="failed"');
    expect(await take('call')).toEqual([200, 200, 200]);
    expect(await take('tampered-token')).toEqual([401]);
    expect(page.html).toContain('class="failed"><strong>signature</strong>');
    expect(await take('refresh')).toEqual([200]);
    expect(await take('reuse-refresh-token')).toEqual([200]);
    expect(page.html).toContain('class="passed"><strong>the very same answer</strong>');
    app.clock.travel({ seconds: 61 });
    expect(await take('reuse-refresh-token')).toEqual([400, 401]);
    expect(await take('replay-code')).toEqual([400, 401]);
    expect(await take('revoke')).toEqual([200, 401]);
    const shown = await browser.submit(page, { show: 'call' });
    expect(shown.html).toContain('<h1>The API let the application in</h1>');
  });

  it('The playground takes no step with a form of another browser, a run that it did not seal, or an unknown name', async () => {
    const browser = app.browser();
    const { csrf_token: token = '' } = hiddenFields((await browser.get('/playground')).html);
    const callback = await browser.get('/playground/callback');
    const { run = '' } = hiddenFields(callback.html);
    expect((await app.browser().post('/playground/run', { run, step: 'exchange' })).status).toBe(403);
    expect((await browser.post('/playground/run', { csrf_token: token, run: 'x', step: 'exchange' })).status).toBe(400);
    expect((await browser.post('/playground/run', { csrf_token: token, run, step: 'exchange' })).status).toBe(400);
    expect((await browser.post('/playground/run', { csrf_token: token, run, step: 'nothing' })).status).toBe(400);
  });
});
