import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import { CLIENTS } from '../bench-clients.js';
import { BenchDatabase } from '../bench-database.js';
import { BenchServer } from '../bench-server.js';
import { compare } from '../comparison.js';
import { freePort } from '../free-port.js';
import { type Contestant, measure } from '../measurement.js';
import { PostgresCpu } from '../postgres-cpu.js';
import { SCENARIOS } from '../scenarios/scenarios.js';
import { endUsers, signIn } from '../sign-in.js';
import { fillTables } from './fill-tables.js';

/**
 * What an operation costs on full tables against empty ones, and with two processes against one: CPU of the servers and
 * of PostgreSQL, the median ratio of rounds that take turns. `npm run bench:growth -- --rows 1000000 --rounds 7`.
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const GROWTH_BUDGET = 1.2;
const PROCESSES_BUDGET = 1.15;
const TOLERANCE = 1.1;
const warmUp = { seconds: 3 * Number(values.seconds), connections: 32 };
const load = { rounds: Number(values.rounds), seconds: Number(values.seconds), connections: 32 };

const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
/** Those of the second process are others, so that no two connections wait for one row. */
const users = endUsers(2 * load.connections);
const [firstUsers, secondUsers] = [users.slice(0, load.connections), users.slice(load.connections)];
const folder = await mkdtemp(join(tmpdir(), 'gatehouse-growth-'));
const bootstrapFile = join(folder, 'bootstrap.json');
await writeFile(bootstrapFile, JSON.stringify({ users, clients: CLIENTS }));
const secretKeys = KeyRing.generate();
const running: { stop(): Promise<void> }[] = [{ stop: () => rm(folder, { recursive: true }) }];

try {
  const empty = await open('empty');
  const full = await open('full', fill);
  const pair: Contestant = [await start('two processes', empty.url), await start('the second', empty.url, secondUsers)];
  for (const [title, budget, grown, plain] of [
    [`${values.rows} rows in each table, against none`, GROWTH_BUDGET, [full.server], [empty.server]],
    ['two processes, against one', PROCESSES_BUDGET, pair, [empty.server]],
  ] as const) {
    process.stdout.write(`\n${title}: CPU us an operation (of it PostgreSQL's), budget ${budget}\n`);
    const scenarios = SCENARIOS.filter(({ name }) => name.includes(values.only));
    // Each process has its code compiled by what it has done most, and comes to that only with time.
    for (const scenario of scenarios) for (const each of [grown, plain]) await measure(each, scenario, warmUp);
    for (const scenario of scenarios) {
      const { gatehouse, rivals } = await compare(scenario, [grown, plain], load);
      const [rival] = rivals;
      if (rival === undefined) continue;
      const figures = [gatehouse, rival.figures].map(({ cpuMicroseconds, postgresMicroseconds }) =>
        `${cpuMicroseconds.toFixed(0)} (${postgresMicroseconds.toFixed(0)})`.padStart(14),
      );
      const spread = rival.spread.map((ratio) => ratio.toFixed(2)).join(' to ');
      const kept = rival.cpuRatio <= budget * TOLERANCE ? 'kept' : 'OVER';
      process.stdout.write(
        `${scenario.name.padEnd(32)}${figures.join('')}  ${rival.cpuRatio.toFixed(2)}  ${spread}  ${kept}\n`,
      );
    }
  }
} finally {
  for (const each of running.reverse()) await each.stop();
}

/** A server on a database of its own, which is filled once the tables are there and before the server works on it. */
async function open(
  name: string,
  prepare?: (url: string) => Promise<void>,
): Promise<{ readonly url: string; readonly server: BenchServer }> {
  const database = await BenchDatabase.start(process.env.DATABASE_URL);
  running.push(database);
  if (prepare !== undefined) {
    const first = await start(name, database.url);
    await first.stop();
    await prepare(database.url);
  }
  return { url: database.url, server: await start(name, database.url) };
}

async function start(name: string, url: string, theirs = firstUsers): Promise<BenchServer> {
  const port = await freePort();
  const settings = { DATABASE_URL: url, SECRET_KEYS: secretKeys, BOOTSTRAP_FILE: bootstrapFile };
  const server = await BenchServer.start(name, program, port, { ...settings, ISSUER: `http://localhost:${port}` });
  running.push(server);
  server.postgres = await PostgresCpu.of(url);
  server.cookies = await Promise.all(theirs.map((user) => signIn(server, user)));
  return server;
}

async function fill(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await fillTables(
      async (sql) => [(await client.query(sql)) ?? []].flat().flatMap(({ rows }) => rows ?? []),
      Number(values.rows),
      KeyRing.parse(secretKeys).newestId,
    );
    // What PostgreSQL would do in the hours after so many rows is done now, and not while it is measured.
    await client.query('VACUUM (ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}
