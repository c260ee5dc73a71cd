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

/** Keeps every connection busy for the time given. Raises an Error when an answer is an error or does not come. */
export async function measure(server: BenchServer, scenario: Scenario, load: Load): Promise<Measurement> {
  const connections = await scenario.connect(server, load);
  const requestsPerRun = connections[0]?.length ?? 1;
  const postgresBefore = postgresCpu(server);
  const serverBefore = await server.cpuMicroseconds();
  const firing = fire(server, connections, load.seconds);
  const result = await (scenario.isWithoutSql ? stayAwake(firing) : firing);
  const serverCpu = (await server.cpuMicroseconds()) - serverBefore;
  const postgres = postgresCpu(server) - postgresBefore;
  refuseFailures(server, result);
  const runs = result.requests.total / requestsPerRun;
  return {
    perSecond: runs / result.duration,
    serverMicroseconds: serverCpu / runs,
    postgresMicroseconds: postgres / runs,
    cpuMicroseconds: (serverCpu + postgres) / runs,
  };
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
