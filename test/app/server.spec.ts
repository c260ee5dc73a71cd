import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { cutAnnouncements } from '../support/announcements.js';
import { gatehouse, variablesFor } from '../support/commands.js';
import { eventually } from '../support/eventually.js';
import { dropPartitions } from '../support/partitions.js';
import { forgetMigrations, withoutTable } from '../support/schema-changes.js';
import { TestApp } from '../support/test-app.js';
import { createEmptyDatabase } from '../support/test-database.js';
import { startEmbeddedPostgres, startServer, startServerOn } from '../support/whole-server.js';

const UP = { status: 'up' };
const DOWN = { status: 'down' };
const STALE = {
  clients_memory: DOWN,
  scopes_memory: DOWN,
  signing_keys_memory: DOWN,
  revocations_memory: DOWN,
  token_cutoffs_memory: DOWN,
};
const ALL_UP = {
  database: UP,
  migrations: UP,
  signing_key: { ...UP, ageDays: 0 },
  partitions: UP,
  clock: UP,
  clients_memory: UP,
  scopes_memory: UP,
  signing_keys_memory: UP,
  revocations_memory: UP,
  token_cutoffs_memory: UP,
};

const dataFolder = mkdtempSync(join(tmpdir(), 'gatehouse-health-'));
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

describe('/health', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('Health answers everybody: live, and ready with the state of each part', async () => {
    const live = await app.get('/health/live');
    expect([live.status, await live.json()]).toEqual([200, { status: 'ok' }]);
    const ready = await app.get('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ok', details: ALL_UP }]);
    expect(ready.headers.get('cache-control')).toBe('no-store');
  });

  it('Health names the memory whose announced change could not be read, until it is', async () => {
    const isReady = (status: number, scopes: object) =>
      eventually(async () => {
        const ready = await app.get('/health/ready');
        const { details } = (await ready.json()) as { details: object };
        expect([ready.status, details]).toEqual([status, { ...ALL_UP, scopes_memory: scopes }]);
      });
    await withoutTable(app, 'scopes', () => isReady(503, DOWN));
    await isReady(200, UP);
  });

  it('Health names every memory while announcements are interrupted', async () => {
    await cutAnnouncements(app);
    await eventually(async () => {
      expect((await (await app.get('/health/ready')).json()).details).toEqual({ ...ALL_UP, ...STALE });
    });
    await eventually(async () => expect((await app.get('/health/ready')).status).toBe(200));
  });

  it('A server is not ready while a migration is pending or a partition of now is missing', async () => {
    await forgetMigrations(app);
    const pending = await app.get('/health/ready');
    const details = { ...ALL_UP, migrations: DOWN };
    expect([pending.status, await pending.json()]).toEqual([503, { status: 'error', details }]);
    await dropPartitions(app, 'refresh_tokens');
    const missing = await app.get('/health/ready');
    expect([missing.status, await missing.json()]).toEqual([
      503,
      { status: 'error', details: { ...details, partitions: DOWN } },
    ]);
  });
});

describe('a server whose database stopped', () => {
  it('A server whose database stopped is alive and not ready, and says no more than which part is down', async () => {
    const postgres = await startEmbeddedPostgres(dataFolder, { fsync: 'off' });
    const server = await startServerOn(postgres, dataFolder);
    const url = server.issuer.url;
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await postgres.stop();
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await eventually(async () => {
      const ready = await fetch(`${url}/health/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({
        status: 'error',
        details: {
          database: DOWN,
          migrations: DOWN,
          signing_key: { ...UP, ageDays: 0 },
          partitions: DOWN,
          clock: UP,
          ...STALE,
        },
      });
    });
    await server.stop({ drainSeconds: 0, graceSeconds: 10 });
  });
});

describe('a server that is to stop', () => {
  it('A server that is to stop says so, answers the request under way, takes no new one, and ends with its database', async () => {
    const server = await startServer(dataFolder);
    const body = 'grant_type=client_credentials';
    const slow = connect(server.port, 'localhost');
    slow.write('POST /oauth/token HTTP/1.1\r\nHost: localhost\r\n');
    slow.write(`Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`);
    slow.write(body.slice(0, 5));
    await fetch(`${server.issuer.url}/health/live`);

    const stopped = server.stop({ drainSeconds: 0.5, graceSeconds: 10 });
    const ready = await fetch(`${server.issuer.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([503, { status: 'shutting_down', details: ALL_UP }]);
    await expect(untilRefused(server.issuer.url)).resolves.toBe('ECONNREFUSED');

    slow.write(body.slice(5));
    const [answer] = await once(slow.setEncoding('utf8'), 'data');
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*"error":"invalid_client"/s);
    await stopped;
  });
});

/** Statements of the owner of a database. */
async function asOwner({ connection: { user: username, ...parts } }: Awaited<ReturnType<typeof createEmptyDatabase>>) {
  const dataSource = await new DataSource({ type: 'postgres', ...parts, username }).initialize();
  return { run: (text: string) => dataSource.query(text), end: () => dataSource.destroy() };
}

describe('a start that cannot be', () => {
  it('A start is refused for a database that does not answer, without its password', async () => {
    const start = startServer(dataFolder, { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' });
    const error = await start.then(
      () => new Error('it started'),
      (reason: Error) => reason,
    );
    expect(error.constructor.name).toBe('ConfigFaultsError');
    expect(error.message).toContain('DATABASE_URL names a database that cannot be used');
    expect(error.message).not.toContain('hunter2');
  });

  it('A start with AUTO_MIGRATE off makes no tables and says how, and works once the command migrate has run', async () => {
    const database = await createEmptyDatabase();
    const secretKeys = `k1:${randomBytes(32).toString('base64url')}`;
    const starting = () =>
      startServerOn(database, dataFolder, { AUTO_MIGRATE: 'off', SECRET_KEYS: secretKeys, DEMO: 'off' }).then(
        async (server) => {
          await server.stop({ drainSeconds: 0, graceSeconds: 10 });
          return 'it started';
        },
        (error: Error) => error.message,
      );
    try {
      expect(await starting()).toMatch(/^There are no tables of Gatehouse.+ gatehouse migrate"\.$/);
      await gatehouse('migrate', { connection: database.connection, secretKeys });
      expect(await starting()).toBe('it started');
    } finally {
      await database.drop();
    }
  });

  it('A start by a role without the right to create is told the right and its statement', async () => {
    const database = await createEmptyDatabase();
    const { run, end } = await asOwner(database);
    const role = `unable_${randomBytes(6).toString('hex')}`;
    try {
      await run(`CREATE ROLE ${role} LOGIN`);
      const variables = variablesFor({ connection: { ...database.connection, user: role }, secretKeys: '' });
      const start = startServer(dataFolder, { DATABASE_URL: variables.DATABASE_URL, DEMO: 'off' });
      const told = await start.then(
        async (server) => {
          await server.stop({ drainSeconds: 0, graceSeconds: 10 });
          return 'it started';
        },
        (error: Error) => error.message,
      );
      expect(told).toMatch(/may not make what is missing .+permission denied/);
      expect(told).toContain('GRANT CREATE ON DATABASE');
    } finally {
      await run(`DROP ROLE ${role}`);
      await end();
      await database.drop();
    }
  });

  it('A start insists on its port when an issuer is set, for somebody forwards to it', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const start = startServer(dataFolder, { PORT: String(port), ISSUER: 'https://id.example.com', TRUST_PROXY: '1' });
    await expect(start).rejects.toThrow(`PORT is ${port}, on which this process cannot listen`);
    taken.close();
  });
});

describe('a server that listens at one address', () => {
  it('A server that listens at one address of its machine is not reached at another', async () => {
    const server = await startServer(dataFolder, { ADDRESS: '127.0.0.1' });
    expect((await fetch(`http://127.0.0.1:${server.port}/health/live`)).status).toBe(200);
    const elsewhere = connect(server.port, '127.0.0.2');
    await expect(once(elsewhere, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await server.stop({ drainSeconds: 0, graceSeconds: 10 });
  });

  it('A start at an address that this machine does not have names the setting', async () => {
    const start = startServer(dataFolder, { ADDRESS: '192.0.2.1' });
    await expect(start).rejects.toThrow('ADDRESS is 192.0.2.1, at which this process cannot listen');
  });
});

/** Asks by fresh connections until none is taken any more. */
async function untilRefused(url: string): Promise<string> {
  for (;;) {
    try {
      await fetch(`${url}/health/live`, { headers: { connection: 'close' } });
    } catch (error) {
      const { code } = (error as Error).cause as { code: string };
      if (code === 'ECONNREFUSED') return code;
    }
  }
}
