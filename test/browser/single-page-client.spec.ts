import type { Browser, Page } from 'playwright-core';
import { VERIFIER } from '../support/authorization-request.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { FakeServer } from '../support/fake-server.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

/** Opens the popup at the address in its own fragment, and keeps what the popup tells. */
const CLIENT_PAGE = `<title>Client</title><button onclick="popup = window.open(decodeURIComponent(location.hash.slice(1)))">Log in
</button><script>addEventListener('message', ({ data }) => { answer = Object.fromEntries(new URLSearchParams(data)); });
</script>`;
const CALLBACK_PAGE =
  '<title>Callback</title><script>(opener ?? parent).postMessage(location.search, "*"); close();</script>';
const HTML = { 'content-type': 'text/html' };

describe('a client that is a script in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  let ada: TestEndUser;
  let spa: TestClient;
  let client: FakeServer;
  let visitor: Visitor;

  beforeAll(async () => {
    [app, browser, client] = await Promise.all([
      TestApp.start(),
      launchChromium(),
      FakeServer.start({
        '/': () => ({ headers: HTML, body: CLIENT_PAGE }),
        '/callback': () => ({ headers: HTML, body: CALLBACK_PAGE }),
      }),
    ]);
    ada = await anEndUser().registeredAt(app);
    spa = await aClient().named('spa').public().redirectingTo(`${client.url}/callback`).registeredAt(app);
    visitor = await Visitor.arrive(browser, app.url);
  });
  afterAll(async () => {
    await browser.close();
    await client.stop();
    await app.stop();
  });

  const authorize = (parameters: Record<string, string> = {}) =>
    app.url + spa.authorizePath({ scope: 'openid', ...parameters });

  /** Presses the button of the client's page; what opens is the popup. */
  async function openPopup(parameters: Record<string, string>): Promise<Page> {
    await visitor.page.goto(`${client.url}/#${encodeURIComponent(authorize(parameters))}`);
    const [popup] = await Promise.all([visitor.page.waitForEvent('popup'), visitor.page.click('button')]);
    return popup;
  }

  const answer = async () =>
    (await visitor.page.waitForFunction('globalThis.answer')).jsonValue() as Promise<Record<string, string>>;

  it('A client that is a script gets its answer from a popup that went through the pages (display=popup)', async () => {
    const popup = await openPopup({ display: 'popup' });
    await popup.fill('#email', ada.email);
    await popup.fill('#password', ada.password);
    await visitor.press('Sign in', popup);
    expect(await visitor.page.evaluate('popup.closed')).toBe(false);
    await popup.getByRole('button', { name: 'Allow' }).click();
    expect(await answer()).toMatchObject({ code: expect.stringMatching(/^gate_ac_/), iss: app.url });
  });

  it('A client that is a script gets an answer in a hidden frame, without anybody being asked (prompt=none)', async () => {
    await visitor.page.goto(client.url);
    const answerInFrame = async (parameters: Record<string, string>) => {
      await visitor.page.evaluate((url) => {
        Object.assign(globalThis, { answer: undefined });
        document.body.append(Object.assign(document.createElement('iframe'), { src: url }));
      }, authorize(parameters));
      return answer();
    };
    expect(await answerInFrame({ prompt: 'none' })).toHaveProperty('code');
    expect(await answerInFrame({ prompt: 'none', max_age: '0' })).toMatchObject({ error: 'login_required' });
  });

  it('A client that is a script finds the server, redeems the code and reads userinfo and keys from its own origin', async () => {
    const popup = await openPopup({});
    if (!popup.isClosed()) await popup.waitForEvent('close');
    const { code = '' } = await answer();
    const form = new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'spa',
      redirect_uri: `${client.url}/callback`,
      code,
      code_verifier: VERIFIER,
    });
    const seen = await visitor.page.evaluate(
      async ({ issuer, body }) => {
        // A header that every request of an application carries makes browsers ask beforehand, for documents as well.
        const authorized = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
        const json = async (url: string, options?: RequestInit) => (await fetch(url, options)).json();
        const metadata = await json(`${issuer}/.well-known/openid-configuration`, authorized('of another API'));
        const tokens = await json(metadata.token_endpoint, { method: 'POST', body: new URLSearchParams(body) });
        const { keys } = await json(metadata.jwks_uri, authorized('of another API'));
        const userinfo = await json(metadata.userinfo_endpoint, authorized(tokens.access_token));
        const refused = await fetch(metadata.userinfo_endpoint, authorized('wrong'));
        return { userinfo, keys: keys.length, challenge: refused.headers.get('www-authenticate') };
      },
      { issuer: app.url, body: form.toString() },
    );
    expect(seen).toEqual({
      userinfo: { sub: expect.any(String) },
      keys: expect.any(Number),
      challenge: expect.stringContaining('error="invalid_token"'),
    });
  });
});
