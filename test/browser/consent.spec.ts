import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

describe('the consent page in a browser', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let printer: TestClient;
  let hostile: TestClient;
  let browser: Browser;
  let server: Server;
  /** Another origin, as a client is. */
  let callback: string;
  /** What the client was sent: method, address and body. */
  const received: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url?.startsWith('/callback')) received.push(`${request.method} ${request.url} ${chunks.join('')}`);
        response.setHeader('content-type', 'text/html').end('<title>Client</title>Arrived');
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    callback = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    ada = await anEndUser().named('Ada Lovelace').registeredAt(app);
    const client = aClient().public().redirectingTo(callback);
    const about = { publisher: 'Printers & Sons', client_uri: 'https://printer.example/' };
    printer = await client
      .named('printer')
      .with({ ...about, client_name: 'Photo Printer' })
      .registeredAt(app);
    const hostileName = `${'W'.repeat(150)}\u202e<b>`;
    hostile = await client.named('hostile').with({ client_name: hostileName }).registeredAt(app);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
    server.close();
  });

  async function signIn(options: BrowserContextOptions, parameters: Record<string, string> = {}): Promise<Visitor> {
    const visitor = await Visitor.arrive(browser, app.url, options);
    await visitor.page.goto(printer.authorizePath(parameters));
    await visitor.page.fill('#email', ada.email);
    await visitor.page.fill('#password', ada.password);
    await visitor.press('Sign in');
    return visitor;
  }

  it('The consent page has no accessibility fault and fits 320 px, whatever the client calls itself', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const visitor = await signIn({ colorScheme, viewport: { width: 320, height: 568 } });
      expect(await visitor.page.title()).toMatch(/^Allow Photo Printer\?/);
      const faults = await visitor.faults();
      await visitor.page.goto(hostile.authorizePath());
      faults.push(...(await visitor.faults()));
      await visitor.page.goto('/oauth/authorizations');
      faults.push(...(await visitor.faults()));
      expect(faults).toEqual([]);
      expect(visitor.complaints).toEqual([]);
      await visitor.leave();
    }
  });

  it('The consent page gives Deny and Allow the same size', async () => {
    const visitor = await signIn({ viewport: { width: 400, height: 800 } });
    const sizeOf = async (name: string) => {
      const box = await visitor.page.getByRole('button', { name }).boundingBox();
      return [box?.width, box?.height];
    };
    expect(await sizeOf('Deny')).toEqual(await sizeOf('Allow'));
    await visitor.leave();
  });

  it.each([true, false])(
    'The consent page leads on to another origin when Allow is pressed, with scripts: %s',
    async (scripts) => {
      const visitor = await signIn({ javaScriptEnabled: scripts }, { prompt: 'consent' });
      await visitor.press('Allow');
      await visitor.page.waitForURL(`${callback}?**`);
      expect(received.at(-1)).toMatch(/^GET \/callback\?code=gate_ac_.*&iss=/);
      await visitor.leave();
    },
  );

  it('The consent page posts a form_post response to the client by itself', async () => {
    const visitor = await signIn({}, { response_mode: 'form_post', prompt: 'consent' });
    await visitor.press('Allow');
    await visitor.page.waitForURL(callback);
    expect(received.at(-1)).toMatch(/^POST \/callback code=gate_ac_.*&state=.*&iss=/);
    await visitor.leave();
  });

  it('The consent page posts a form_post response by the Continue button where scripts are off', async () => {
    const visitor = await signIn({ javaScriptEnabled: false }, { response_mode: 'form_post', prompt: 'consent' });
    await visitor.press('Allow');
    await visitor.press('Continue');
    await visitor.page.waitForURL(callback);
    expect(received.at(-1)).toMatch(/^POST \/callback code=gate_ac_/);
    await visitor.leave();
  });
});
