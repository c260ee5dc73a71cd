import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KeyRing } from '../src/common/crypto/key-ring.js';
import { CLIENTS } from './bench-clients.js';
import { BenchDatabase } from './bench-database.js';
import { benchOptions } from './bench-options.js';
import { BenchServer } from './bench-server.js';
import { type Comparison, compare } from './comparison.js';
import { freePort } from './free-port.js';
import { installPeers, PEERS } from './peers.js';
import { PostgresCpu } from './postgres-cpu.js';
import { machine, report } from './report.js';
import { SCENARIOS } from './scenarios/scenarios.js';
import { endUsers, signIn } from './sign-in.js';

const options = benchOptions(process.argv.slice(2));
const facts = machine(options);
const users = endUsers(options.connections);
let isInterrupted = false;
process.once('SIGINT', () => {
  isInterrupted = true;
  process.stderr.write('stopping when this scenario is over\n');
});

const database = await BenchDatabase.start(process.env.DATABASE_URL);
const otherDatabase = options.against ? await BenchDatabase.start(process.env.DATABASE_URL) : database;
try {
  const servers = await startServers();
  try {
    process.stdout.write(`\n${report(await compareAll(servers))}\n\n${facts}\n`);
  } finally {
    for (const server of servers) await server.stop();
  }
} finally {
  await database.stop();
  if (otherDatabase !== database) await otherDatabase.stop();
}

async function compareAll(servers: readonly BenchServer[]): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const scenario of SCENARIOS.filter(({ name }) => name.includes(options.only))) {
    if (isInterrupted) break;
    process.stderr.write(`measuring: ${scenario.name}\n`);
    comparisons.push(
      await compare(
        scenario,
        servers.map((server) => [server] as const),
        options,
      ),
    );
  }
  return comparisons;
}

/** Gatehouse first, then what it is compared with. */
async function startServers(): Promise<BenchServer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const bootstrapFile = join(folder, 'bootstrap.json');
  await writeFile(bootstrapFile, JSON.stringify({ users, clients: CLIENTS }));
  const secretKeys = KeyRing.generate();
  const start = async (name: string, program: string, url: string) => {
    const port = await freePort();
    const settings = {
      DATABASE_URL: url,
      SECRET_KEYS: secretKeys,
      BOOTSTRAP_FILE: bootstrapFile,
      ISSUER: `http://localhost:${port}`,
      BENCH_END_USERS: String(users.length),
    };
    const server = await BenchServer.start(name, program, port, settings);
    server.postgres = await PostgresCpu.of(url);
    return server;
  };
  const gatehouse = await start('Gatehouse', programOf('../src/main.js'), database.url);
  gatehouse.cookies = await Promise.all(users.map((user) => signIn(gatehouse, user)));
  const { against } = options;
  const other = against
    ? await start('other build', join(against, 'dist/src/main.js'), otherDatabase.url)
    : await start('by hand', programOf('./bare/main.js'), database.url);
  other.cookies = against
    ? await Promise.all(users.map((user) => signIn(other, user)))
    : users.map((_, index) => `session=${index}`);
  const peers = options.peers ? await startPeers(start) : [];
  await rm(folder, { recursive: true });
  return [gatehouse, other, ...peers];
}

/** The peers, with their end users signed in. */
async function startPeers(
  start: (name: string, program: string, url: string) => Promise<BenchServer>,
): Promise<BenchServer[]> {
  await installPeers();
  const peers: BenchServer[] = [];
  for (const { name, program, lacks } of PEERS) {
    const peer = await start(name, program, database.url);
    peer.lacks = lacks;
    peer.cookies = (await (await fetch(`${peer.url}/bench/cookies`)).json()) as string[];
    peers.push(peer);
  }
  return peers;
}

function programOf(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
