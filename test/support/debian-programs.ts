import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { eventually } from './eventually.js';

const run = promisify(execFile);
const START_MILLISECONDS = 30_000;

/** A folder that the user `postgres` owns, since none of these programs serves as root. */
export class DebianFolder {
  private constructor(
    readonly path: string,
    /** The user and group id of `postgres`. */
    readonly owner: { readonly uid: number; readonly gid: number },
  ) {}

  static async make(): Promise<DebianFolder> {
    const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
    const owner = { uid: await id('-u'), gid: await id('-g') };
    const path = mkdtempSync(join(tmpdir(), 'gatehouse-debian-'));
    chmodSync(path, 0o755);
    chownSync(path, owner.uid, owner.gid);
    return new DebianFolder(path, owner);
  }

  /** Runs a program to its end as `postgres`. */
  async run(program: string, ...options: string[]): Promise<string> {
    return (await run(program, options, { ...this.owner, cwd: this.path })).stdout;
  }

  write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text);
    chownSync(file, this.owner.uid, this.owner.gid);
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A PostgreSQL server of Debian's package, which can be restarted, followed by a standby server, and promoted. */
export class DebianPostgres {
  private constructor(
    private readonly folder: DebianFolder,
    private readonly data: string,
    readonly port: number,
    private readonly settings: readonly string[],
  ) {}

  static async start(folder: DebianFolder, settings: readonly string[] = []): Promise<DebianPostgres> {
    const port = await freePort();
    const server = new DebianPostgres(folder, join(folder.path, `data-${port}`), port, settings);
    await folder.run(
      program('initdb'),
      '-D',
      server.data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
    );
    await server.go();
    return server;
  }

  /** A hot standby server that follows this one. */
  async standby(settings: readonly string[] = []): Promise<DebianPostgres> {
    const port = await freePort();
    const server = new DebianPostgres(this.folder, join(this.folder.path, `data-${port}`), port, settings);
    const from = ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'postgres'];
    await this.folder.run(program('pg_basebackup'), ...from, '-D', server.data, '-R', '-X', 'stream', '-c', 'fast');
    await server.go();
    return server;
  }

  get url(): string {
    return urlOf(this.port);
  }

  /** Starts the server, and waits until it takes connections. */
  async go(): Promise<void> {
    const settings = [`-p ${this.port}`, `-k ${this.folder.path}`, '-c listen_addresses=127.0.0.1'];
    settings.push(...this.settings.map((setting) => `-c ${setting}`));
    await this.#control('-w', '-l', `${this.data}.log`, '-o', settings.join(' '), 'start');
  }

  /** Ends as after a power failure. */
  async crash(): Promise<void> {
    await this.#control('-m', 'immediate', 'stop');
  }

  /** Makes the standby server the primary one. */
  async promote(): Promise<void> {
    await this.#control('-w', 'promote');
  }

  query(text: string): Promise<readonly object[]> {
    return queryAt(this.url, text);
  }

  #control(...options: string[]): Promise<string> {
    return this.folder.run(program('pg_ctl'), '-D', this.data, ...options);
  }
}

/** A pooler or proxy of Debian's package. */
export class DebianProxy {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly health: readonly Server[],
  ) {}

  /** PgBouncer in transaction mode. */
  static async pgbouncer(folder: DebianFolder, server: DebianPostgres): Promise<DebianProxy> {
    const port = await freePort();
    const users = folder.write('users.txt', '"postgres" ""\n"gatehouse" ""\n');
    const config = folder.write(
      'pgbouncer.ini',
      `[databases]
* = host=127.0.0.1 port=${server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 5
max_client_conn = 200
`,
    );
    const child = spawn('pgbouncer', [config], { ...folder.owner, stdio: 'ignore' });
    return new DebianProxy(port, await untilListening(child, port), []);
  }

  /** HAProxy, which leads to whichever of the servers is the primary one, and cuts connections to one that is not any more. */
  static async haproxy(folder: DebianFolder, servers: readonly DebianPostgres[]): Promise<DebianProxy> {
    const port = await freePort();
    const health = await Promise.all(servers.map(answerWhetherPrimary));
    const lines = servers.map(
      (server, index) =>
        `  server s${index} 127.0.0.1:${server.port} check port ${portOf(health[index] as Server)} inter 200ms fall 1 rise 1 on-marked-down shutdown-sessions`,
    );
    const config = folder.write(
      'haproxy.cfg',
      `global
  maxconn 500
defaults
  mode tcp
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout check 1s
listen postgres
  bind 127.0.0.1:${port}
  option httpchk GET /
${lines.join('\n')}
`,
    );
    const child = spawn('haproxy', ['-f', config], { ...folder.owner, stdio: 'ignore' });
    const proxy = new DebianProxy(port, await untilListening(child, port), health);
    // It takes every server for good until it has asked.
    await eventually(async () => {
      for (let count = 0; count < 4; count++) {
        expect(await queryAt(proxy.url, 'SELECT pg_is_in_recovery() AS "isStandby"')).toEqual([{ isStandby: false }]);
      }
    }, START_MILLISECONDS);
    return proxy;
  }

  get url(): string {
    return urlOf(this.port);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'close');
    this.child.kill('SIGKILL');
    await ended;
    for (const server of this.health) server.close();
  }
}

/** As the agent of a cluster manager does: 200 at the primary server, 503 at any other. */
async function answerWhetherPrimary(server: DebianPostgres): Promise<Server> {
  const health = createHttpServer(async (_request, response) => {
    const [found] = await server.query('SELECT pg_is_in_recovery() AS "isStandby"').catch(() => [{ isStandby: true }]);
    response.writeHead((found as { isStandby: boolean }).isStandby ? 503 : 200).end();
  }).listen(0, '127.0.0.1');
  await once(health, 'listening');
  return health;
}

async function queryAt(url: string, text: string): Promise<readonly object[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function program(name: string): string {
  const root = '/usr/lib/postgresql';
  const version = readdirSync(root)
    .sort((one, other) => Number(one) - Number(other))
    .at(-1);
  return `${root}/${version}/bin/${name}`;
}

function urlOf(port: number): string {
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function untilListening(child: ChildProcess, port: number): Promise<ChildProcess> {
  await eventually(async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.destroy();
  }, START_MILLISECONDS);
  return child;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
