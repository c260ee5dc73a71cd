import { AnnouncementRelay } from '../support/announcement-relay.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { refuseRows, whileLocked } from '../support/held-locks.js';
import { LogLines } from '../support/log-lines.js';
import { authorizationsOf } from '../support/stored-grants.js';
import { countOf } from '../support/stored-rows.js';
import { readyToTakeBack } from '../support/taking-back.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const UNAVAILABLE = {
  error: 'temporarily_unavailable',
  error_description: 'The database cannot answer just now; try again',
};

describe('A database in trouble', () => {
  let app: TestApp;
  let opaque: TestClient;
  let jwt: TestClient;
  let relay: AnnouncementRelay | undefined;

  beforeAll(async () => {
    app = await TestApp.start({
      databaseLimits: { poolSize: 2, lockSeconds: 1, statementSeconds: 3, connectSeconds: 3 },
      options: { database: { queueSize: 30 } },
    });
    const service = aClient().using('client_credentials').allowed('profile');
    opaque = await service.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
    jwt = await service.named('jwt').with({ access_token_format: 'jwt' }).registeredAt(app);
  });
  afterEach(() => relay?.stop());
  afterAll(() => app.stop());

  const breakableHop = async () => {
    relay = await AnnouncementRelay.start(app.database.connection);
    return relay;
  };

  /** What the answer is, as far as a client decides by it whether to come again. */
  const told = async (response: Response) => ({
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    ...(await response.json()),
  });

  it('A lock that somebody holds costs a 503 that says when to come again, is logged once, and holds up nobody who does not need the table', async () => {
    const log = LogLines.of('warn', 'error');
    await whileLocked(app, 'access_tokens', async () => {
      const waiting = opaque.clientCredentials();
      expect((await jwt.clientCredentials()).status).toBe(200);
      expect(await told(await waiting)).toEqual({ status: 503, retryAfter: '1', ...UNAVAILABLE });
    });
    log.restore();
    expect(log.lines).toEqual([
      expect.stringMatching(/^warn POST \/oauth\/token 503 temporarily_unavailable.*lock timeout \(55P03\)/),
    ]);
    expect((await opaque.clientCredentials()).status).toBe(200);
  });

  it('More requests than connections and the queue have room for are refused at once with 503, and none with 500', async () => {
    await whileLocked(app, 'clients', async () => {
      const began = performance.now();
      const asked = Array.from({ length: 200 }, (_, index) =>
        app.post('/oauth/token', { client_id: `nobody-${index}`, grant_type: 'client_credentials' }),
      );
      const first = await Promise.race(asked);
      expect(performance.now() - began).toBeLessThan(900);
      expect(await told(first)).toEqual({ status: 503, retryAfter: '1', ...UNAVAILABLE });
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([503]));
    });
    expect((await opaque.clientCredentials()).status).toBe(200);
  });

  it('The authorization endpoint sends the fault to the client once its redirect URI is known, and shows a page before (RFC 6749 4.1.2.1)', async () => {
    const web = await aClient().named('web').registeredAt(app);
    const ada = await anEndUser().registeredAt(app);
    await ada.browser();
    const redirected = await whileLocked(app, 'authorizations', () => web.authorize(ada));
    expect(redirected).toEqual({ ...UNAVAILABLE, iss: app.url, state: expect.any(String) });
    const page = await whileLocked(app, 'clients', () =>
      app.get('/oauth/authorize?client_id=nobody&response_type=code', { accept: 'text/html' }),
    );
    expect([page.status, page.headers.get('retry-after'), page.headers.get('location')]).toEqual([503, '1', null]);
  });

  it('A row that the database refuses fails its own request, and none of those that were to be written with it', async () => {
    const bad = await aClient()
      .named('bad')
      .using('client_credentials')
      .allowed('profile')
      .with({ access_token_format: 'opaque' })
      .registeredAt(app);
    await refuseRows(app, 'access_tokens', 'client_id', 'bad');
    const clients = Array.from({ length: 30 }, (_, index) => (index % 10 === 5 ? bad : opaque));
    const statuses = await Promise.all(clients.map(async (client) => (await client.clientCredentials()).status));
    expect(statuses).toEqual(clients.map((client) => (client === bad ? 500 : 200)));
  });

  it('A commit of which nobody knows whether it held is never answered as a success', async () => {
    const hop = await breakableHop();
    const node = await app.startNode({ connection: hop.connection });
    const atNode = opaque.at(node);
    expect((await atNode.clientCredentials()).status).toBe(200);
    const before = await countOf(app, 'access_tokens');
    hop.breaksAfter = 'access-tokens-insert';
    expect(await told(await atNode.clientCredentials())).toEqual({ status: 503, retryAfter: '1', ...UNAVAILABLE });
    expect(await countOf(app, 'access_tokens')).toBe(before + 1);
    hop.breaksAfter = undefined;
    expect((await atNode.clientCredentials()).status).toBe(200);
  });

  it('A transaction whose COMMIT was never answered is a page that says when to try again, and what it did may be asked for again', async () => {
    const hop = await breakableHop();
    const node = await app.startNode({ connection: hop.connection });
    const ada = await anEndUser().withEmail('grace@example.com').registeredAt(node);
    const web = await aClient().using('authorization_code', 'refresh_token').allowed('profile').registeredAt(node);
    const { refresh_token: refreshToken } = await web.signIn(ada);
    const press = await readyToTakeBack(ada, web);
    hop.breaksAfter = 'COMMIT';
    const refused = await press();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    hop.breaksAfter = undefined;
    expect((await press()).status).toBe(303);
    expect(await authorizationsOf(web)).toMatchObject([{ isRevoked: true }]);
    expect(await (await web.refresh(refreshToken)).json()).toMatchObject({ error: 'invalid_grant' });
  });
});
