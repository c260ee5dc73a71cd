import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { DebianFolder, DebianPostgres, DebianProxy } from '../support/debian-programs.js';
import { eventually } from '../support/eventually.js';
import { basic } from '../support/test-app.js';
import { TokenLoad } from '../support/token-load.js';
import { startServer, type Variables } from '../support/whole-server.js';

const LIMIT_MILLISECONDS = 120_000;
const READY_AGAIN_MILLISECONDS = 5000;
const SECRET = 'the secret of a service that asks for tokens';
const SERVICE = basic('service', SECRET);
const OTHER = basic('other', SECRET);

describe('A server on a PostgreSQL of its own', () => {
  let folder: DebianFolder;
  let undo: (() => unknown)[];

  beforeEach(async () => {
    folder = await DebianFolder.make();
    undo = [() => folder.remove()];
  });
  afterEach(async () => {
    for (const step of undo.reverse()) await step();
  });

  const postgres = async (...settings: string[]) => {
    const server = await DebianPostgres.start(folder, settings);
    undo.push(() => server.crash().catch(() => undefined));
    return server;
  };
  const gatehouse = async (variables: Variables) => {
    const bootstrap = join(folder.path, 'bootstrap.json');
    const client = { client_secret: SECRET, grant_types: ['client_credentials'], scope: 'notes' };
    const clients = [
      { ...client, client_id: 'service', access_token_format: 'opaque', resource_server: true },
      { ...client, client_id: 'other', access_token_format: 'jwt' },
    ];
    writeFileSync(bootstrap, JSON.stringify({ clients, scopes: [{ name: 'notes', description: 'Notes' }] }));
    const server = await startServer(folder.path, { BOOTSTRAP_FILE: bootstrap, ...variables });
    undo.push(() => server.stop({ drainSeconds: 0, graceSeconds: 5 }));
    return server.issuer.url;
  };
  const post = (url: string, path: string, form: Record<string, string>, headers = SERVICE) =>
    fetch(url + path, { method: 'POST', body: new URLSearchParams(form), headers });
  const tokenAt = async (url: string, headers = SERVICE): Promise<string> =>
    (await (await post(url, '/oauth/token', { grant_type: 'client_credentials' }, headers)).json()).access_token;
  const isActive = async (url: string, token: string) =>
    (await (await post(url, '/oauth/introspect', { token })).json()).active;
  const untilReady = (url: string) =>
    eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), READY_AGAIN_MILLISECONDS);
  /** How many of the tokens are not good any more. */
  const lost = async (url: string, tokens: readonly string[]) => {
    let count = 0;
    for (const token of tokens) if ((await isActive(url, token)) !== true) count += 1;
    return count;
  };
  /** Goes on after a fault with requests as before; every answer was a success or asked to come again, and each token is good. */
  const goesOn = async (url: string, load: TokenLoad) => {
    const before = load.acknowledged.length;
    await eventually(async () => expect(load.acknowledged.length).toBeGreaterThan(before + 20));
    await load.stop();
    expect([...load.statuses.keys()].sort()).toEqual([200, 503]);
    expect(await lost(url, load.acknowledged)).toBe(0);
  };

  it(
    'A server whose PostgreSQL signed its certificate itself names the two ways on, and goes either',
    async () => {
      const [certificate, key] = [join(folder.path, 'server.crt'), join(folder.path, 'server.key')];
      const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
      const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
      await folder.run('openssl', ...made, ...name);
      const { url } = await postgres('ssl=on', `ssl_cert_file=${certificate}`, `ssl_key_file=${key}`);
      for (const mode of ['require', 'verify-full']) {
        await expect(gatehouse({ DATABASE_URL: `${url}?sslmode=${mode}` })).rejects.toThrow(
          /DATABASE_URL names a database that cannot be used: self-signed certificate.*sslrootcert=.*sslmode=no-verify/s,
        );
      }
      const unverified = await gatehouse({ DATABASE_URL: `${url}?sslmode=no-verify` });
      const verified = await gatehouse({ DATABASE_URL: `${url}?sslmode=verify-full&sslrootcert=${certificate}` });
      for (const at of [unverified, verified]) expect(await isActive(at, await tokenAt(at))).toBe(true);
    },
    LIMIT_MILLISECONDS,
  );

  it(
    'A server behind PgBouncer in transaction mode does not start until it is told so, then serves, and hears of a revocation at another node within a second',
    async () => {
      const server = await postgres();
      const bouncer = await DebianProxy.pgbouncer(folder, server);
      undo.push(() => bouncer.stop());
      await expect(gatehouse({ DATABASE_URL: bouncer.url })).rejects.toThrow(
        /DATABASE_URL leads through a pooler in transaction mode[\s\S]*DATABASE_POOLER=transaction/,
      );
      const pooled = { DATABASE_URL: bouncer.url, DATABASE_POOLER: 'transaction' };
      await expect(gatehouse(pooled)).rejects.toThrow('DATABASE_DIRECT_URL is missing');
      const direct = { ...pooled, DATABASE_DIRECT_URL: server.url };
      await expect(gatehouse(direct)).rejects.toThrow(
        /statement_timeout 0s instead of 5s and lock_timeout 0s instead of 2s: .*ALTER ROLE "postgres" SET statement_timeout = '5s'/,
      );
      await server.query("ALTER ROLE postgres SET statement_timeout = '5s'");
      await server.query("ALTER ROLE postgres SET lock_timeout = '2s'");
      const anew = await DebianProxy.pgbouncer(folder, server);
      undo.push(() => anew.stop());
      const one = await gatehouse({ ...direct, DATABASE_URL: anew.url });
      const other = await gatehouse({ ...direct, DATABASE_URL: anew.url });
      const tokens = await Promise.all(Array.from({ length: 40 }, (_, index) => tokenAt(index % 2 ? one : other)));
      expect(
        await lost(
          one,
          tokens.filter((_, index) => index % 2),
        ),
      ).toBe(0);
      await untilReady(one);
      const jwt = await tokenAt(other, OTHER);
      const revoked = await post(one, '/oauth/revoke', { token: tokens[1] ?? '' });
      expect([revoked.status, await isActive(one, tokens[1] ?? '')]).toEqual([200, false]);
      expect(await isActive(other, jwt)).toBe(true);
      await post(other, '/oauth/revoke', { token: jwt }, OTHER);
      await eventually(async () => expect(await isActive(other, jwt)).toBe(false), 1000);
    },
    LIMIT_MILLISECONDS,
  );

  it(
    'A server whose PostgreSQL crashes and starts again under load answers 200 and 503 and nothing else, loses no token that it gave, and is ready within five seconds of the database',
    async () => {
      const server = await postgres();
      const url = await gatehouse({ DATABASE_URL: server.url });
      const load = new TokenLoad(url, SERVICE);
      undo.push(() => load.stop());
      await eventually(async () => expect(load.acknowledged.length).toBeGreaterThan(50));
      await server.crash();
      await eventually(async () => expect(load.statuses.get(503)).toBeGreaterThan(10));
      await server.go();
      await untilReady(url);
      await goesOn(url, load);
    },
    LIMIT_MILLISECONDS,
  );

  it(
    'A server with two connections on whose table somebody holds a lock for a minute answers 200 and 503 and nothing else, serves what needs no table meanwhile, and loses no token that it gave',
    async () => {
      const server = await postgres();
      const url = await gatehouse({ DATABASE_URL: server.url, DATABASE_POOL_SIZE: '2' });
      const load = new TokenLoad(url, SERVICE);
      undo.push(() => load.stop());
      await eventually(async () => expect(load.acknowledged.length).toBeGreaterThan(50));
      const holder = new Client({ connectionString: server.url });
      await holder.connect();
      undo.push(() => holder.end());
      await holder.query('BEGIN; LOCK TABLE gatehouse.access_tokens IN ACCESS EXCLUSIVE MODE');
      const minute = holder.query('SELECT pg_sleep(60)');
      await eventually(async () => expect(load.statuses.get(503)).toBeGreaterThan(10), LIMIT_MILLISECONDS);
      expect(await tokenAt(url, OTHER)).toMatch(/^ey/);
      await minute;
      await holder.query('ROLLBACK');
      await untilReady(url);
      await goesOn(url, load);
    },
    LIMIT_MILLISECONDS,
  );

  it(
    'A server whose PostgreSQL fails over to a synchronous standby behind HAProxy under load answers 200 and 503 and nothing else, loses no token that it gave, and is ready within five seconds of the promotion',
    async () => {
      const primary = await postgres("synchronous_standby_names='*'", 'synchronous_commit=local');
      const standby = await primary.standby();
      undo.push(() => standby.crash().catch(() => undefined));
      await primary.query("ALTER DATABASE postgres SET synchronous_commit = 'on'");
      const proxy = await DebianProxy.haproxy(folder, [primary, standby]);
      undo.push(() => proxy.stop());
      const url = await gatehouse({ DATABASE_URL: proxy.url });
      const load = new TokenLoad(url, SERVICE);
      undo.push(() => load.stop());
      await eventually(async () => expect(load.acknowledged.length).toBeGreaterThan(50));
      await primary.crash();
      await eventually(async () => expect(load.statuses.get(503)).toBeGreaterThan(10));
      await standby.promote();
      await untilReady(url);
      await goesOn(url, load);
    },
    LIMIT_MILLISECONDS,
  );
});
