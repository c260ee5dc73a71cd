import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variablesFor } from '../support/commands.js';
import { eventually } from '../support/eventually.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { RefreshingProvider } from '../support/refreshing-provider.js';
import { leaveFor } from '../support/remote-sign-in.js';
import { killStarts, START_MILLISECONDS, Start } from '../support/start.js';
import { changeRows } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { TestBrowser } from '../support/test-browser.js';

describe('Two processes of the server on one database', () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'gatehouse-process-')));
  let provider: FakeOidcProvider;
  let tokens: RefreshingProvider;
  let app: TestApp;
  let urls: string[];
  let processes: Start[];
  let cookie: string;
  let count = 0;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
    app = await TestApp.start();
    const ports = await Promise.all([freePort(), freePort()]);
    urls = ports.map((port) => `http://localhost:${port}`);
    const { clientId, clientSecret, issuer } = provider.settings('corp');
    processes = ports.map(
      (port, index) =>
        new Start(folders[index] ?? '', {
          ...variablesFor(app.database),
          PORT: String(port),
          ISSUER: urls[0] ?? '',
          LOGIN_PROVIDERS: 'corp',
          CORP_CLIENT_ID: clientId,
          CORP_CLIENT_SECRET: clientSecret,
          CORP_ISSUER: issuer,
        }),
    );
    await Promise.all(processes.map((process) => process.url()));
  }, START_MILLISECONDS);
  afterAll(async () => {
    killStarts();
    await app?.stop();
    await provider?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    provider.reset();
    tokens = new RefreshingProvider(provider);
    count += 1;
    provider.endUser = { sub: `process-${count}`, name: `Process ${count}` };
    const at = urls[1] ?? '';
    const browser = new TestBrowser(at);
    const callback = new URL(await leaveFor(browser, '/auth/corp'));
    expect((await browser.get(callback.pathname + callback.search)).status).toBe(303);
    cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ');
  });

  const profile = (index: number) =>
    fetch(`${urls[index]}/profile/corp`, { headers: { cookie, accept: 'application/json' } });

  it('Fifty calls at once with a token that is over cause one refresh, at a provider that takes a second one for theft', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => profile(index % 2)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect([tokens.refreshes, tokens.reuses]).toEqual([1, 0]);
  });

  it('A process that is killed while it refreshes leaves a lease that ends: tokens that the provider had not exchanged are refreshed by the other, and lost ones ask for a sign-in', async () => {
    let asked = 0;
    tokens.refusal = () => {
      asked += 1;
      return new Promise(() => {});
    };
    const first = profile(0).catch(() => undefined);
    await eventually(async () => expect(asked).toBe(1));
    processes[0]?.child.kill('SIGKILL');
    await first;
    tokens.refusal = undefined;
    await changeRows(
      app,
      'linked_accounts',
      { remote_subject: `process-${count}` },
      { refresh_lease_until: new Date(0) },
    );
    expect([(await profile(1)).status, tokens.refreshes, tokens.reuses]).toEqual([200, 2, 0]);

    tokens.spendAll();
    await changeRows(
      app,
      'linked_accounts',
      { remote_subject: `process-${count}` },
      { refresh_lease_until: new Date(0) },
    );
    tokens.revokeAccessTokens();
    provider.server.routes.set('/userinfo', () => ({ status: 401, body: {} }));
    const lost = await profile(1);
    expect([lost.status, await lost.json()]).toEqual([
      403,
      expect.objectContaining({
        error: 'reauth_required',
        start_url: expect.stringContaining('/auth/corp?return_to='),
      }),
    ]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
