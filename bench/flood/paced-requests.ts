import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BenchServer } from '../bench-server.js';

/** A request as both the load generator and this file send it. */
export interface PacedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sends the same request so many times a second, whether or not earlier ones have been answered, so that a server which
 * stops for a moment is seen to do so. Gives how long each answer took, in milliseconds. Raises an Error for any status
 * but 200.
 */
export async function pacedRequests(
  server: BenchServer,
  what: PacedRequest,
  perSecond: number,
  seconds: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  const answers: Promise<number>[] = [];
  try {
    while (performance.now() - start < seconds * 1000) {
      const due = ((performance.now() - start) / 1000) * perSecond;
      while (answers.length < due) answers.push(millisecondsOf(server, what, agent));
      await delay(1);
    }
    return await Promise.all(answers);
  } finally {
    agent.destroy();
  }
}

function millisecondsOf({ url }: BenchServer, { method, path, headers, body }: PacedRequest, agent: Agent) {
  return new Promise<number>((resolve, reject) => {
    const start = performance.now();
    const sent = request(url + path, { method, headers, agent }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - start);
        else reject(new Error(`${path} answered ${response.statusCode}`));
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
