import { OutgoingFetch } from '../../src/common/outgoing/outgoing-fetch.js';
import type { TestApp } from './test-app.js';

/** Does something while the server has so much less patience with those that it calls. */
export async function withTimeLimit<Result>(
  app: TestApp,
  seconds: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const outgoing = app.port(OutgoingFetch);
  const { timeLimitSeconds } = outgoing;
  outgoing.timeLimitSeconds = seconds;
  try {
    return await work();
  } finally {
    outgoing.timeLimitSeconds = timeLimitSeconds;
  }
}
