import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import { BenchDatabase } from '../bench-database.js';
import { BenchServer } from '../bench-server.js';
import { freePort } from '../free-port.js';

/** What a start takes, and the memory of the process afterwards. */
interface Start {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** A million entries may cost so much; fewer entries in proportion, but no less than what a start varies by. */
const TOLERATED = { megabytes: 60, milliseconds: 1000 };
const VARIATION = { megabytes: 25, milliseconds: 500 };

/** Until the garbage of the start is gone. */
const SETTLES_MILLISECONDS = 3000;

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '5' } },
});
const entries = Number(values.entries);
const rounds = Number(values.rounds);

const database = await BenchDatabase.start(process.env.DATABASE_URL);
try {
  const secretKeys = KeyRing.generate();
  // The first start makes the tables.
  await measureStart(secretKeys);
  const [empty, full]: [Start[], Start[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    await change('TRUNCATE gatehouse.revocations');
    empty.push(await measureStart(secretKeys));
    await fill();
    full.push(await measureStart(secretKeys));
  }
  report(medianOf(empty), medianOf(full));
} finally {
  await database.stop();
}

async function measureStart(secretKeys: string): Promise<Start> {
  const port = await freePort();
  const settings = { DATABASE_URL: database.url, SECRET_KEYS: secretKeys, ISSUER: `http://localhost:${port}` };
  const begin = performance.now();
  const program = fileURLToPath(new URL('../../src/main.js', import.meta.url));
  const server = await BenchServer.start('Gatehouse', program, port, settings);
  const milliseconds = performance.now() - begin;
  await delay(SETTLES_MILLISECONDS);
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  await server.stop();
  return { milliseconds, megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024 };
}

/** Entries as revoked families and autovacuum leave them, announced to nobody. */
async function fill(): Promise<void> {
  await change('ALTER TABLE gatehouse.revocations DISABLE TRIGGER revocations_announce');
  await change(`INSERT INTO gatehouse.revocations (revoked_id, period, expires_at)
    SELECT gen_random_uuid(), floor(extract(epoch FROM expiry) / 604800), expiry
    FROM (SELECT now() + random() * interval '1 day' AS expiry FROM generate_series(1, ${entries})) AS made`);
  await change('ALTER TABLE gatehouse.revocations ENABLE TRIGGER revocations_announce');
  await change('VACUUM ANALYZE gatehouse.revocations');
}

async function change(sql: string): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function medianOf(starts: readonly Start[]): Start {
  const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
  return {
    milliseconds: median(starts.map(({ milliseconds }) => milliseconds)),
    megabytes: median(starts.map(({ megabytes }) => megabytes)),
  };
}

function report(empty: Start, full: Start): void {
  const cost = {
    megabytes: full.megabytes - empty.megabytes,
    milliseconds: full.milliseconds - empty.milliseconds,
  };
  const limitOf = (unit: 'megabytes' | 'milliseconds') =>
    Math.max(TOLERATED[unit] * (entries / 1_000_000), VARIATION[unit]);
  const isHeld = cost.megabytes <= limitOf('megabytes') && cost.milliseconds <= limitOf('milliseconds');
  const line = ({ milliseconds, megabytes }: Start) => `${milliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`;
  const lines = [
    `start with an empty feed of revocations: ${line(empty)}`,
    `start with ${entries} entries: ${line(full)}`,
    `they cost ${line(cost)} of at most ${line({ megabytes: limitOf('megabytes'), milliseconds: limitOf('milliseconds') })}: ${isHeld ? 'held' : 'NOT HELD'}`,
    `node ${process.versions.node}; medians of ${rounds} starts`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
