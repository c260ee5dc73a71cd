import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import { BenchDatabase } from '../bench-database.js';
import { freePort } from '../free-port.js';

/**
 * From the start of the process to the first answer that it is ready, and its memory after an idle minute, against an
 * empty Nest application with TypeORM; the two are started in turns. `npm run bench:start -- --rounds 7 --idle 60`.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, idle: { type: 'string', default: '60' } },
});
const START_BUDGET = 1.5;
const MEMORY_BUDGET = 1.2;
const TOLERANCE = 1.1;
const STARTING_MILLISECONDS = 30_000;

interface Started {
  readonly milliseconds: number;
  readonly megabytes: number;
}

const database = await BenchDatabase.start(process.env.DATABASE_URL);
const variables = { DATABASE_URL: database.url, SECRET_KEYS: KeyRing.generate(), DEMO: 'off', LOG_LEVEL: 'warn' };
const programs = [
  ['Gatehouse', fileURLToPath(new URL('../../src/main.js', import.meta.url))],
  ['empty Nest with TypeORM', fileURLToPath(new URL('./empty.js', import.meta.url))],
] as const;
try {
  // The first start of Gatehouse migrates the database, and both fill the cache of files.
  for (const [, program] of programs) await run(program, 0);
  const rounds: Started[][] = [];
  for (let round = 0; round < Number(values.rounds); round++) {
    const started: Started[] = [];
    for (const [, program] of programs) started.push(await run(program, Number(values.idle)));
    rounds.push(started);
  }
  line('start to ready, ms', 'milliseconds', START_BUDGET, rounds);
  line(`memory after ${values.idle} s, MB`, 'megabytes', MEMORY_BUDGET, rounds);
} finally {
  await database.stop();
}

function line(title: string, figure: keyof Started, budget: number, rounds: readonly Started[][]): void {
  const [ours, empty] = programs.map((_, index) => median(rounds.map((round) => round[index]?.[figure] ?? 0)));
  const ratio = median(rounds.map(([one, other]) => (one?.[figure] ?? 0) / (other?.[figure] ?? 1)));
  const kept = Number.isNaN(ratio) ? 'not measured' : ratio <= budget * TOLERANCE ? 'kept' : 'OVER';
  process.stdout.write(
    `${title.padEnd(28)} Gatehouse ${ours?.toFixed(0)}, empty ${empty?.toFixed(0)}, ratio ${ratio.toFixed(2)} of ${budget} ${kept}\n`,
  );
}

async function run(program: string, idleSeconds: number): Promise<Started> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...variables, PORT: String(port), ISSUER: `http://localhost:${port}`, NODE_ENV: 'staging' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await untilReady(child, port);
    const milliseconds = performance.now() - begun;
    await delay(idleSeconds * 1000);
    return { milliseconds, megabytes: megabytesOf(child) };
  } finally {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
  }
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  const deadline = Date.now() + STARTING_MILLISECONDS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('A program did not start');
    await delay(5);
  }
}

/** Resident memory as Linux tells it; not measured elsewhere. */
function megabytesOf({ pid }: ChildProcess): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
