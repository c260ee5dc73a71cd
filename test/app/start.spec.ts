import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { killStarts, START_MILLISECONDS, Start } from '../support/start.js';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));

afterAll(() => {
  killStarts();
  rmSync(folder, { recursive: true, force: true });
});

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, () => resolve(server));
  });
}

describe('the first start', () => {
  let start: Start;
  let taken: Server;
  let port: number;
  let url: string;

  beforeAll(async () => {
    taken = await listen();
    port = (taken.address() as AddressInfo).port;
    start = new Start(folder, { PORT: String(port) });
    url = await start.url();
  }, START_MILLISECONDS);
  afterAll(() => taken.close());

  it('The first start takes the next free port when its own is taken, says so, and is the issuer there', async () => {
    expect(Number(new URL(url).port)).toBeGreaterThan(port);
    expect(start.stdout).toContain(`(port ${port} is taken)`);
    const discovery = await fetch(`${url}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: url });
  });

  it('The first start prints at most 25 lines, npm’s own eight included, and nothing on stderr', () => {
    expect(start.stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(25 - 8);
    expect(start.stdout).toMatch(/demo@example\.com +password \S{12}\n/);
    expect(start.stdout).toContain(`${url}/playground`);
    expect(start.stderr).toBe('');
  });

  it('The first start prints shell lines that work as they are: a token, 200, 403, active, revoked, 401', async () => {
    const lines = start.stdout.split('\n').filter((line) => /^(TOKEN|curl)/.test(line));
    const script = lines.map((line) => `${line}\necho ----`).join('\n');
    const { stdout } = await promisify(execFile)('bash', ['-c', script]);
    const answers = stdout.split('----\n').map((answer) => answer.replace(/ \(expected.*\)/, '').trim());
    expect(answers).toEqual([
      expect.stringMatching(/^\S{40,}$/),
      '{"id":"demo-service","email":null}  200',
      expect.stringMatching(/^\{"error":"insufficient_scope".*\} {2}403$/),
      expect.stringMatching(/^\{"active":true,.*\} {2}200$/),
      '{}  200',
      expect.stringMatching(/^\{"error":"invalid_token".*\} {2}401$/),
      '',
    ]);
  });

  it('The first start keeps its keys for its owner alone', () => {
    expect(statSync(join(folder, '.gatehouse/secret-keys')).mode & 0o777).toBe(0o600);
  });

  it(
    'A kill loses nothing: the next start knows the same end users, clients and tokens',
    async () => {
      const line = start.stdout.split('\n').find((text) => text.startsWith('TOKEN')) ?? '';
      const { stdout: token } = await promisify(execFile)('bash', ['-c', line]);
      start.child.kill('SIGKILL');
      await start.stopped();
      const next = new Start(folder, { PORT: new URL(url).port, LOG_LEVEL: 'error' });
      expect(await next.url()).toBe(url);
      const secretsOf = (banner: string) => banner.match(/(password|secret) \S+/g);
      expect(secretsOf(next.stdout)).toEqual(secretsOf(start.stdout));
      const me = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token.trim()}` } });
      expect(me.status).toBe(200);
      start = next;
    },
    START_MILLISECONDS,
  );

  it('The first start finishes the request under way on SIGTERM, then ends with status 0', async () => {
    const body = 'grant_type=client_credentials';
    const slow = connect(Number(new URL(url).port), 'localhost').setEncoding('utf8');
    slow.write('POST /oauth/token HTTP/1.1\r\nHost: localhost\r\n');
    slow.write(`Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`);
    await fetch(`${url}/health/live`);
    start.child.kill('SIGTERM');
    await refusal(url);
    slow.write(body);
    expect((await once(slow, 'data'))[0]).toMatch(/^HTTP\/1\.1 401 /);
    expect(await start.stopped()).toBe(0);
  });
});

/** Packages that a process pays for with their first use alone. */
const NOT_FOR_THE_START = ['openid-client', 'oauth4webapi', 'passport-oauth2', '@node-rs/argon2'];

describe('a start without the demonstration', () => {
  it(
    'A start without the demonstration loads no file of it and no preset but the one in use, no package that is not used yet, has no route of it, and leads from / to signing in',
    async () => {
      const LOADED_MODULES = join(folder, 'loaded-modules');
      const DATA_FOLDER = join(folder, 'plain');
      const WORK = { LOGIN_PROVIDERS: 'work', WORK_PRESET: 'github', WORK_CLIENT_ID: 'a', WORK_CLIENT_SECRET: 'b' };
      const start = new Start(folder, { PORT: '0', DEMO: 'off', DATA_FOLDER, LOADED_MODULES, ...WORK });
      const url = await start.url();
      const loaded = readFileSync(LOADED_MODULES, 'utf8').split('\n');
      expect(loaded.filter((module) => /src\/app\/home\//.test(module))).not.toEqual([]);
      expect(loaded.filter((module) => /src\/app\/demo\//.test(module))).toEqual([]);
      expect(loaded.flatMap((module) => /(\w+)\.preset\.ts$/.exec(module)?.[1] ?? [])).toEqual(['github']);
      const packages = loaded.flatMap((module) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(module)?.[1] ?? []);
      expect(packages).toContain('typeorm');
      expect(packages.filter((name) => NOT_FOR_THE_START.includes(name))).toEqual([]);
      const statuses = ['/playground', '/api/me', '/'].map(async (path) => {
        const { status, headers } = await fetch(url + path, { redirect: 'manual' });
        return `${path} ${status} ${headers.get('location')?.split('?')[0] ?? ''}`;
      });
      expect(await Promise.all(statuses)).toEqual(['/playground 404 ', '/api/me 404 ', '/ 303 /login']);
      expect(start.stdout).not.toContain('demo');
      start.child.kill('SIGTERM');
      expect(await start.stopped()).toBe(0);
    },
    START_MILLISECONDS,
  );
});

describe('a start that cannot be', () => {
  it('A start that cannot be ends with status 1 and every fault on stderr, and --check-config says the same', async () => {
    writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ users: [{ email: 'nobody' }] }));
    const variables = { PORT: 'x', ISSUER: 'y', BOOTSTRAP_FILE: 'wrong.json' };
    for (const options of [[], ['--check-config']]) {
      const start = new Start(folder, variables, ...options);
      expect(await start.stopped()).toBe(1);
      expect(start.stdout).toBe('');
      for (const part of ['PORT is "x"', 'ISSUER is "y"', 'BOOTSTRAP_FILE is wrong at users[0].email']) {
        expect(start.stderr).toContain(part);
      }
    }
  });
});

describe('--check-config', () => {
  it('The option --check-config prints the settings with secrets masked, and starts nothing', async () => {
    const DATABASE_URL = 'postgres://gatehouse:hunter2@127.0.0.1:1/gatehouse';
    const start = new Start(folder, { DATABASE_URL }, '--check-config');
    expect(await start.stopped()).toBe(0);
    expect(start.stdout).toContain('postgres://gatehouse:***@127.0.0.1:1/gatehouse');
    expect(start.stdout).toMatch(/PORT +3000\n/);
  });
});

/** Asks by fresh connections until none is taken any more. */
async function refusal(url: string): Promise<void> {
  for (;;) {
    try {
      await fetch(`${url}/health/live`, { headers: { connection: 'close' } });
    } catch (error) {
      if (((error as Error).cause as { code: string }).code === 'ECONNREFUSED') return;
    }
  }
}
