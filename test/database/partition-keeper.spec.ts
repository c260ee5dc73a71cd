import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import {
  asRoleForRowsAlone,
  detachedSince,
  detachPartition,
  dropPartitionsAt,
  duringBackup,
  keepPartitions,
  makePartitionsAt,
  partitionsAt,
  partitionsOf,
  partitionTablesOf,
  periodAt,
  whileLocked,
  whileOthersKeepPartitions,
} from '../support/partitions.js';
import { changeRows, countOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

const DAY_SECONDS = 86_400;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_SECONDS * 1000);

describe('The partitions of an expiring table', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start();
  });
  afterEach(() => app.stop());

  it('Partitions are made while a backup reads every table, and those that are over detached when it has ended', async () => {
    const before = [...(await partitionsOf(app)), ...(await makePartitionsAt(app, daysAgo(1000)))];
    app.clock.travel({ seconds: 400 * DAY_SECONDS });
    await duringBackup(app, async () => {
      await keepPartitions(app);
      const needed = partitionsAt(app, app.clock.now());
      expect(await partitionsOf(app)).toEqual(expect.arrayContaining([...before, ...needed]));
    });
    await keepPartitions(app);
    const over = partitionsAt(app, daysAgo(1000));
    expect((await partitionsOf(app)).filter((name) => over.includes(name))).toEqual([]);
  });

  it('Partitions that are over by the clock of a node alone stay', async () => {
    const before = await partitionsOf(app);
    app.clock.travel({ seconds: 4000 * DAY_SECONDS });
    await keepPartitions(app);
    expect(await partitionsOf(app)).toEqual(expect.arrayContaining(before));
  });

  it('Partitions that are over are detached first, and dropped when they have stood apart for a period', async () => {
    const over = await makePartitionsAt(app, daysAgo(1000));
    const left = async () => (await partitionTablesOf(app)).filter((name) => over.includes(name));
    await keepPartitions(app);
    expect((await partitionsOf(app)).filter((name) => over.includes(name))).toEqual([]);
    await keepPartitions(app);
    expect(await left()).toEqual([...over].sort());
    await detachedSince(app, over, daysAgo(31));
    await keepPartitions(app);
    expect(await left()).toEqual([]);
  });

  it('Partitions that are over stay while a row in them is alive', async () => {
    const ada = await anEndUser().registeredAt(app);
    await ada.browser();
    await makePartitionsAt(app, daysAgo(1000));
    const period = periodAt(app, 'sign_in_sessions', daysAgo(1000));
    await changeRows(app, 'sign_in_sessions', { subject: ada.id }, { period });
    await keepPartitions(app);
    expect(await countOf(app, 'sign_in_sessions', { subject: ada.id })).toBe(1);
    await changeRows(app, 'sign_in_sessions', { subject: ada.id }, { expires_at: daysAgo(1) });
    await keepPartitions(app);
    expect(await countOf(app, 'sign_in_sessions', { subject: ada.id })).toBe(0);
  });

  it('Partitions that were detached while the database told a wrong time come back with their rows', async () => {
    const ada = await anEndUser().registeredAt(app);
    const browser = await ada.browser();
    await detachPartition(app, 'sign_in_sessions', new Date(Date.now() + 14 * DAY_SECONDS * 1000));
    expect((await browser.get('/oauth/authorizations')).status).toBe(303);
    await keepPartitions(app);
    expect((await browser.get('/oauth/authorizations')).status).toBe(200);
  });

  it('Partitions that are missing after a long sleep are made by the first request that needs one', async () => {
    const ada = await anEndUser().registeredAt(app);
    app.clock.travel({ seconds: 60 * DAY_SECONDS });
    const browser = await ada.signIn();
    expect((await browser.get('/oauth/authorizations')).status).toBe(200);
  });

  it('A request that needs a partition is told to come again where another node is at work on them for too long', async () => {
    const client = await aClient()
      .using('client_credentials')
      .with({ access_token_format: 'opaque' })
      .registeredAt(app);
    await dropPartitionsAt(app, app.clock.now());
    await whileOthersKeepPartitions(app, async () => {
      const answer = await client.clientCredentials();
      expect([answer.status, await answer.json()]).toEqual([
        503,
        expect.objectContaining({ error: 'temporarily_unavailable' }),
      ]);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    });
    expect((await client.clientCredentials()).status).toBe(200);
  });

  it('Partitions that cannot be made yet keep no node from starting, as long as there is a place for rows of now', async () => {
    await dropPartitionsAt(app, new Date(Date.now() + 14 * DAY_SECONDS * 1000));
    await whileLocked(app, async () => {
      const node = await app.startNode();
      expect((await node.get('/health/ready')).status).toBe(200);
    });
  });

  it('Partitions are left to another role by one that may not make them, which starts and serves as long as it can', async () => {
    const ada = await anEndUser().registeredAt(app);
    await asRoleForRowsAlone(app, async (connection) => {
      const node = await app.startNode({ connection });
      expect((await node.get('/health/ready')).status).toBe(200);
      const browser = node.browser();
      await browser.submit(await browser.get('/login'), { email: ada.email, password: ada.password });
      expect((await browser.get('/oauth/authorizations')).status).toBe(200);
      await dropPartitionsAt(app, new Date());
      await expect(app.startNode({ connection })).rejects.toThrow('There are no partitions for rows of now');
      await node.nest.close();
    });
  });
});
