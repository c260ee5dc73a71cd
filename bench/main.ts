import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing } from '../src/common/crypto/key-ring.js';
import { CLIENTS } from './bench-clients.js';
import { BenchDatabase } from './bench-database.js';
import { benchOptions } from './bench-options.js';
import { BenchServer } from './bench-server.js';
import { type Comparison, compare } from './comparison.js';
import { machine, report } from './report.js';
import { scenarios } from './scenarios/scenarios.js';
import { people, signIn } from './sign-in.js';

const options = benchOptions(process.argv.slice(2));
const facts = machine(options);
const users = people(options.connections);
let isInterrupted = false;
process.once('SIGINT', () => {
  isInterrupted = true;
  process.stderr.write('stopping when this scenario is over\n');
});

const database = await BenchDatabase.start(process.env.DATABASE_URL);
try {
  const servers = await startServers(database.url);
  try {
    process.stdout.write(`\n${report(await compareAll(servers))}\n\n${facts}\n`);
  } finally {
    for (const server of servers) await server.stop();
  }
} finally {
  await database.stop();
}

async function compareAll(servers: readonly [BenchServer, BenchServer]): Promise<Comparison[]> {
  const cookies = await Promise.all(users.map((user) => signIn(servers[0], user)));
  const comparisons: Comparison[] = [];
  for (const scenario of scenarios(cookies).filter(({ name }) => name.includes(options.only))) {
    if (isInterrupted) break;
    process.stderr.write(`measuring: ${scenario.name}\n`);
    comparisons.push(await compare(scenario, servers, options));
  }
  return comparisons;
}

/** Gatehouse first: it makes the tables, and the rows that the bare server reads at its start. */
async function startServers(databaseUrl: string): Promise<[BenchServer, BenchServer]> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const bootstrapFile = join(folder, 'bootstrap.json');
  await writeFile(bootstrapFile, JSON.stringify({ users, clients: CLIENTS }));
  const port = await freePort();
  const environment = {
    ISSUER: `http://localhost:${port}`,
    DATABASE_URL: databaseUrl,
    SECRET_KEYS: KeyRing.generate(),
    BOOTSTRAP_FILE: bootstrapFile,
  };
  const gatehouse = await BenchServer.start('Gatehouse', '../src/main.js', port, environment);
  await rm(folder, { recursive: true });
  const bare = await BenchServer.start('node:http', './bare/main.js', await freePort(), environment);
  return [gatehouse, bare];
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
