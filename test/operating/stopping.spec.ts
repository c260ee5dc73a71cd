import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Balancer } from '../support/balancer.js';
import { DatabaseRelay } from '../support/database-relay.js';
import { eventually } from '../support/eventually.js';
import { killStarts, START_MILLISECONDS, Start } from '../support/start.js';
import { basic } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startServerOn } from '../support/whole-server.js';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-stopping-'));
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  killStarts();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Server = Awaited<ReturnType<typeof startServerOn>>;

/** Servers that a test left running, because it failed. */
const running = new Set<Server>();
afterEach(() => Promise.all([...running].map((server) => stop(server, { drainSeconds: 0, graceSeconds: 5 }))));

async function start(variables = {}): Promise<Server> {
  const server = await startServerOn(database, folder, { SECRET_KEYS: database.secretKeys, ...variables });
  running.add(server);
  return server;
}

function stop(server: Server, limits: Parameters<Server['stop']>[0]): Promise<boolean> {
  running.delete(server);
  return server.stop(limits);
}

/** A connection on which half a request came. */
function halfARequest(port: number) {
  const socket = connect(port, 'localhost').setEncoding('utf8');
  socket.on('error', () => {});
  socket.write('POST /oauth/token HTTP/1.1\r\nHost: localhost\r\n');
  socket.write('Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 29\r\n\r\n');
  return socket;
}

async function askForToken(url: string): Promise<'answered' | 'cut off'> {
  const body = new URLSearchParams({ grant_type: 'client_credentials' });
  const nobody = `nobody-${Math.random()}`;
  try {
    await fetch(`${url}/oauth/token`, { method: 'POST', body, headers: basic(nobody, 'x') });
    return 'answered';
  } catch {
    return 'cut off';
  }
}

async function secondsOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return (performance.now() - start) / 1000;
}

describe('a server that is to stop', () => {
  it('A server that is to stop asks by its answers to send no more on their connections (RFC 9112 9.6)', async () => {
    const server = await start();
    const connectionOf = async () => (await fetch(`${server.issuer.url}/health/live`)).headers.get('connection');
    expect(await connectionOf()).toBe('keep-alive');
    const stopped = stop(server, { drainSeconds: 0.5, graceSeconds: 10 });
    expect(await connectionOf()).toBe('close');
    expect(await stopped).toBe(true);
  });

  it('A server that is to stop does not wait for a connection on which nothing ever came', async () => {
    const server = await start();
    const silent = connect(server.port, 'localhost');
    await once(silent, 'connect');
    await fetch(`${server.issuer.url}/health/live`);
    const closed = once(silent.resume(), 'close');
    expect(await secondsOf(stop(server, { drainSeconds: 0, graceSeconds: 20 }))).toBeLessThan(10);
    await closed;
  });

  it('A server that is to stop ends within the grace time although a request never ends', async () => {
    const server = await start();
    const slow = halfARequest(server.port);
    await fetch(`${server.issuer.url}/health/live`);
    const closed = once(slow, 'close');
    const stopped = stop(server, { drainSeconds: 0, graceSeconds: 2 });
    expect(await secondsOf(stopped)).toBeLessThan(3);
    expect(await stopped).toBe(false);
    await closed;
  });

  it('A server that is to stop fails no request under load behind a balancer that asks whether nodes are ready', async () => {
    const first = await start();
    const second = await start();
    const nodes = [first, second];
    const balancer = await Balancer.start(nodes.map(({ port }) => `http://localhost:${port}`));
    const statuses = new Map<number, number>();
    let isOver = false;
    const load = Array.from({ length: 16 }, async () => {
      while (!isOver) {
        const { status } = await fetch(`${balancer.url}/oauth/jwks`);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    });
    await eventually(async () => expect(statuses.get(200)).toBeGreaterThan(200));
    const clean = await stop(first, { drainSeconds: 1, graceSeconds: 10 });
    const before = statuses.get(200) ?? 0;
    await eventually(async () => expect(statuses.get(200)).toBeGreaterThan(before + 200));
    isOver = true;
    await Promise.all(load);
    expect(clean).toBe(true);
    expect([...statuses.keys()]).toEqual([200]);
    balancer.stop();
    await stop(second, { drainSeconds: 0, graceSeconds: 10 });
  });
});

describe('a process that is to stop', () => {
  it(
    'A process that is to stop ends within GRACE_SECONDS, and says so, although the database is silent',
    async () => {
      const relay = await DatabaseRelay.start(database.connection);
      const { secretKeys: SECRET_KEYS } = database;
      const process = new Start(folder, {
        PORT: '0',
        DEMO: 'off',
        GRACE_SECONDS: '3',
        DATABASE_URL: relay.databaseUrl,
        SECRET_KEYS,
      });
      const url = await process.url();
      relay.freeze();
      const asked = Array.from({ length: 12 }, () => askForToken(url));
      await relay.untilAsked();
      process.child.kill('SIGTERM');
      const stopped = process.stopped();
      expect(await secondsOf(stopped)).toBeLessThan(5);
      expect(await stopped).toBe(1);
      expect(process.stdout + process.stderr).toContain('Cut off after 3 s: requests, the application did not end');
      expect(await Promise.all(asked)).toEqual(Array(12).fill('cut off'));
      relay.stop();
    },
    START_MILLISECONDS,
  );

  it(
    'A process that is to stop while it starts ends at once',
    async () => {
      const hole = createServer().listen(0);
      await once(hole, 'listening');
      const DATABASE_URL = `postgres://a@localhost:${(hole.address() as AddressInfo).port}/a`;
      const process = new Start(folder, { PORT: '0', DEMO: 'off', DATABASE_URL });
      const [connection] = (await once(hole, 'connection')) as [Socket];
      process.child.kill('SIGTERM');
      expect(await process.stopped()).toBe(0);
      connection.destroy();
      hole.close();
    },
    START_MILLISECONDS,
  );
});

describe('the waits of a server', () => {
  it('The waits of a server keep an idle connection for longer than balancers do, and say so', async () => {
    const server = await start();
    const { headers } = await fetch(`${server.issuer.url}/health/live`);
    expect(headers.get('keep-alive')).toBe('timeout=65');
    await stop(server, { drainSeconds: 0, graceSeconds: 10 });
  });

  it('The waits of a server are settings: for an idle connection, for the head of a request, for the whole of it', async () => {
    const seconds = { KEEP_ALIVE_SECONDS: '1', HEADER_TIMEOUT_SECONDS: '1', REQUEST_TIMEOUT_SECONDS: '2' };
    const server = await start(seconds);
    const live = await fetch(`${server.issuer.url}/health/live`);
    expect(live.headers.get('keep-alive')).toBe('timeout=1');
    const half = halfARequest(server.port);
    const head = connect(server.port, 'localhost').setEncoding('utf8');
    head.write('GET /health/live HTTP/1.1\r\n');
    const answers = await Promise.all([head, half].map(async (socket) => String((await once(socket, 'data'))[0])));
    expect(answers).toEqual(Array(2).fill(expect.stringMatching(/^HTTP\/1\.1 408 /)));
    await stop(server, { drainSeconds: 0, graceSeconds: 10 });
  });
});
