import { AnnouncementRelay } from '../support/announcement-relay.js';
import { listeningConnections } from '../support/announcements.js';
import { aClient } from '../support/client-builder.js';
import { eventually } from '../support/eventually.js';
import { declareScope } from '../support/scopes.js';
import { rotateKeys } from '../support/signing.js';
import { disableClient } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const WITH_LISTEN_MILLISECONDS = 1000;
const WITHOUT_LISTEN_MILLISECONDS = 10_000;

describe('A node that hears what others announce', () => {
  let app: TestApp;
  let relay: AnnouncementRelay;
  let node: TestApp;
  let service: TestClient;

  beforeAll(async () => {
    app = await TestApp.start();
    relay = await AnnouncementRelay.start(app.database.connection);
    node = await app.startNode({ connection: relay.connection });
    service = await aClient()
      .named('service')
      .using('client_credentials')
      .allowed('profile')
      .with({ access_token_format: 'jwt' })
      .registeredAt(app);
  });
  beforeEach(() => {
    relay.loses = () => false;
    relay.refusesListen = false;
    return eventually(async () => expect(await notReady()).toBe('{}'));
  });
  afterAll(async () => {
    await app?.stop();
    await relay?.stop();
  });

  const token = async (): Promise<string> => (await (await service.clientCredentials()).json()).access_token;
  const isLetIn = async (accessToken: string) =>
    (await node.get('/api/me', { authorization: `Bearer ${accessToken}` })).status !== 401;
  /** The parts of the node that are not up. */
  const notReady = async () => {
    const { details } = await (await node.get('/health/ready')).json();
    const states = Object.entries<{ status: string }>(details).map(([name, { status }]) => [name, status]);
    return JSON.stringify(Object.fromEntries(states.filter(([, status]) => status !== 'up')));
  };

  it('A node that hears what others announce refuses a revoked JWT within a second', async () => {
    const revoked = await token();
    expect(await isLetIn(revoked)).toBe(true);
    await service.revoke(revoked);
    await eventually(async () => expect(await isLetIn(revoked)).toBe(false), WITH_LISTEN_MILLISECONDS);
  });

  it('A node whose LISTEN connection is open and deaf refuses a revoked JWT within ten seconds, and says that it is not ready until it hears again', async () => {
    const revoked = await token();
    expect(await isLetIn(revoked)).toBe(true);
    relay.loses = () => true;
    await service.revoke(revoked);
    await eventually(async () => expect(await isLetIn(revoked)).toBe(false), WITHOUT_LISTEN_MILLISECONDS);
    await eventually(
      async () => expect(await notReady()).toContain('"revocations_memory":"down"'),
      WITHOUT_LISTEN_MILLISECONDS,
    );
    relay.loses = () => false;
    await eventually(async () => expect(await notReady()).toBe('{}'));
  });

  it('A node that hears its heartbeat and nothing else knows within ten seconds of revoked tokens, new scopes, rotated keys and disabled clients', async () => {
    const other = await aClient().named('other').using('client_credentials').allowed('profile').registeredAt(app);
    const otherAtNode = other.at(node);
    const revoked = await token();
    expect([await isLetIn(revoked), (await otherAtNode.clientCredentials()).status]).toEqual([true, 200]);
    const keysAt = async (at: TestApp) => (await (await at.get('/oauth/jwks')).json()).keys.length;
    relay.loses = (channel) => !channel.includes('.beat.');
    await service.revoke(revoked);
    await declareScope(app, 'notes:read', 'Read your notes');
    await rotateKeys(app);
    await disableClient(other);
    await eventually(async () => {
      const { scopes_supported: scopes } = await (await node.get('/.well-known/openid-configuration')).json();
      expect({
        isLetIn: await isLetIn(revoked),
        knowsScope: scopes.includes('notes:read'),
        keys: await keysAt(node),
        disabled: (await otherAtNode.clientCredentials()).status,
        notReady: await notReady(),
      }).toEqual({ isLetIn: false, knowsScope: true, keys: await keysAt(app), disabled: 401, notReady: '{}' });
    }, WITHOUT_LISTEN_MILLISECONDS);
  });

  it('A node whose LISTEN is refused tries again and again, and keeps no connection of a try that failed', async () => {
    const before = await listeningConnections(app);
    relay.refusesListen = true;
    relay.refusals = 0;
    relay.cut();
    await eventually(async () => expect(relay.refusals).toBeGreaterThan(3), WITHOUT_LISTEN_MILLISECONDS);
    await eventually(async () => expect(await listeningConnections(app)).toBeLessThanOrEqual(before));
    relay.refusesListen = false;
    await eventually(async () => expect(await notReady()).toBe('{}'));
  });

  it('A node does not start where nothing comes back over LISTEN, and names poolers', async () => {
    relay.loses = () => true;
    await expect(app.startNode({ connection: relay.connection })).rejects.toThrow(
      /pooler in transaction mode.*DATABASE_DIRECT_URL/,
    );
  });
});
