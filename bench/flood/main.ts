import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import { JWT_CLIENT, PASSWORD_CLIENT } from '../bench-clients.js';
import { BenchDatabase } from '../bench-database.js';
import { BenchServer } from '../bench-server.js';
import { freePort } from '../free-port.js';
import { measure } from '../measurement.js';
import { CLIENT_CREDENTIALS_JWT, clientCredentials } from '../scenarios/client-credentials.scenario.js';
import type { FloodAnswers } from './guess-passwords.js';
import { pacedRequests } from './paced-requests.js';

/** What the token endpoint's answers take, in milliseconds, and what came of the guesses meanwhile. */
interface Round {
  readonly quiet: readonly number[];
  readonly flooded: readonly number[];
  readonly guesses: FloodAnswers;
}

/** Through a flood the 99th percentile may double, or grow to this where that is less. */
const TOLERATED_MILLISECONDS = 20;

const FLOOD_RISES_MILLISECONDS = 1000;
/** Passwords that wait are still hashed after whoever sent them has gone. */
const FLOOD_EBBS_MILLISECONDS = 3000;

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '200' },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const connections = Number(values.connections);

const database = await BenchDatabase.start(process.env.DATABASE_URL);
try {
  const server = await startServer(database.url);
  try {
    await report(server);
  } finally {
    await server.stop();
  }
} finally {
  await database.stop();
}

async function startServer(databaseUrl: string): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  const file = join(folder, 'bootstrap.json');
  await writeFile(file, JSON.stringify({ clients: [JWT_CLIENT, PASSWORD_CLIENT] }));
  const port = await freePort();
  const settings = {
    DATABASE_URL: databaseUrl,
    SECRET_KEYS: KeyRing.generate(),
    BOOTSTRAP_FILE: file,
    ISSUER: `http://localhost:${port}`,
    TRUST_PROXY: '1',
  };
  const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const server = await BenchServer.start('Gatehouse', program, port, settings);
  await rm(folder, { recursive: true });
  return server;
}

async function report(server: BenchServer): Promise<void> {
  const load = { seconds: Math.min(seconds, 2), connections: 32 };
  await measure([server], CLIENT_CREDENTIALS_JWT, load);
  const { perSecond: fullRate } = await measure([server], CLIENT_CREDENTIALS_JWT, load);
  const rate = fullRate / 10;
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measureRound(server, rate));
  const quiet = median(measured.map((round) => percentile(round.quiet, 99)));
  const flooded = median(measured.map((round) => percentile(round.flooded, 99)));
  const limit = Math.max(2 * quiet, TOLERATED_MILLISECONDS);
  const lines = [
    `client_credentials, JWT: ${fullRate.toFixed(0)}/s at full rate, measured at ${rate.toFixed(0)}/s`,
    rowOf('quiet', measured, ({ quiet }) => quiet),
    rowOf('flooded', measured, ({ flooded }) => flooded),
    `guesses answered: ${guessesOf(measured)}`,
    `the 99th percentile may be ${limit.toFixed(1)} ms: ${flooded <= limit ? 'held' : 'NOT HELD'}`,
    `${cpus().length} cores ${cpus()[0]?.model.trim()}, node ${process.versions.node}; median of ${rounds} rounds of ${seconds} s, ${connections} connections that guess`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Quiet and flood in turns, so that whatever else disturbs the machine disturbs both. */
async function measureRound(server: BenchServer, rate: number): Promise<Round> {
  const quiet = await pacedRequests(server, clientCredentials(JWT_CLIENT), rate, seconds);
  const program = fileURLToPath(new URL('./guess-passwords.js', import.meta.url));
  // The flood is there before and after what is measured.
  const flood = fork(program, [server.url, PASSWORD_CLIENT.client_secret, String(connections), String(seconds + 2)]);
  const answers = once(flood, 'message');
  await delay(FLOOD_RISES_MILLISECONDS);
  const flooded = await pacedRequests(server, clientCredentials(JWT_CLIENT), rate, seconds);
  const [guesses] = (await answers) as [FloodAnswers];
  await delay(FLOOD_EBBS_MILLISECONDS);
  return { quiet, flooded, guesses };
}

function rowOf(name: string, measured: readonly Round[], of: (round: Round) => readonly number[]): string {
  const figures = [50, 99, 99.9].map((each) => {
    const milliseconds = median(measured.map((round) => percentile(of(round), each)));
    return `p${each} ${milliseconds.toFixed(1)} ms`;
  });
  return `${name.padEnd(8)} ${figures.join('  ')}`;
}

function guessesOf(measured: readonly Round[]): string {
  const statuses = [...new Set(measured.flatMap(({ guesses }) => Object.keys(guesses)))].sort();
  const perSecond = (status: string) =>
    median(measured.map(({ guesses }) => (guesses[status]?.count ?? 0) / (seconds + 2)));
  return statuses.map((status) => `${status} ${perSecond(status).toFixed(0)}/s`).join(', ');
}

function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

function median(numbers: readonly number[]): number {
  return percentile(numbers, 50);
}
