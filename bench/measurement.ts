import autocannon, { type Result } from 'autocannon';
import type { BenchServer } from './bench-server.js';
import type { Connection, Scenario } from './scenario.js';

/** What one server did in one turn. */
export interface Measurement {
  /** Runs through the requests of a connection, by all connections in a second. */
  readonly perSecond: number;
  /** CPU time of the server's process for one run through the requests. */
  readonly serverMicroseconds: number;
  /** CPU time of PostgreSQL for one run; 0 where it cannot be measured. */
  readonly postgresMicroseconds: number;
  /** The sum of both. */
  readonly cpuMicroseconds: number;
}

/** How hard one turn is. */
export interface Load {
  readonly seconds: number;
  readonly connections: number;
}

/** What is measured as one: a server, or several processes on one database, each under the whole load. */
export type Contestant = readonly [BenchServer, ...BenchServer[]];

/** Keeps every connection busy for the time given. Raises an Error when an answer is an error or does not come. */
export async function measure(contestant: Contestant, scenario: Scenario, load: Load): Promise<Measurement> {
  const all = await Promise.all(contestant.map((server) => scenario.connect(server, load)));
  const requestsPerRun = all[0]?.[0]?.length ?? 1;
  const [first] = contestant;
  const postgresBefore = postgresCpu(first);
  const serverBefore = await cpuOf(contestant);
  const firing = Promise.all(contestant.map((server, index) => fire(server, all[index] ?? [], load.seconds)));
  const results = await (scenario.isWithoutSql ? stayAwake(firing) : firing);
  const serverCpu = (await cpuOf(contestant)) - serverBefore;
  const postgres = postgresCpu(first) - postgresBefore;
  for (const [index, result] of results.entries()) refuseFailures(contestant[index] ?? first, result);
  const runs = results.reduce((sum, { requests }) => sum + requests.total, 0) / requestsPerRun;
  return {
    perSecond: runs / Math.max(...results.map(({ duration }) => duration)),
    serverMicroseconds: serverCpu / runs,
    postgresMicroseconds: postgres / runs,
    cpuMicroseconds: (serverCpu + postgres) / runs,
  };
}

async function cpuOf(contestant: Contestant): Promise<number> {
  const times = await Promise.all(contestant.map((server) => server.cpuMicroseconds()));
  return times.reduce((sum, time) => sum + time, 0);
}

function postgresCpu({ postgres }: BenchServer): number {
  return postgres?.microseconds() ?? 0;
}

async function fire(server: BenchServer, connections: Connection[], seconds: number): Promise<Result> {
  const waiting = [...connections];
  return autocannon({
    url: server.url,
    connections: connections.length,
    duration: seconds,
    sampleInt: 100,
    setupClient: (client) => client.setRequests(waiting.pop() ?? []),
  });
}

/**
 * Keeps this process from sleeping until the work is done. To wake it by a write would cost the server about as much as
 * a small request does, and the slower server would pay that more often.
 */
async function stayAwake<Value>(work: Promise<Value>): Promise<Value> {
  let isDone = false;
  const turn = () => void (isDone || setImmediate(turn));
  turn();
  return work.finally(() => {
    isDone = true;
  });
}

function refuseFailures({ name }: BenchServer, result: Result): void {
  const failed = result.errors + result.timeouts + result['4xx'] + result['5xx'];
  const statuses = JSON.stringify(result.statusCodeStats);
  if (failed > 0 || result.requests.total === 0) throw new Error(`${name} failed ${failed} requests: ${statuses}`);
}
