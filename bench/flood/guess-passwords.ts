import { randomBytes, randomInt } from 'node:crypto';
import { constants, setPriority } from 'node:os';
import autocannon from 'autocannon';
import { formPost, PASSWORD_CLIENT } from '../bench-clients.js';

/** What the benchmark is told at the end: how many tries were answered by each status. */
export type FloodAnswers = Readonly<Record<string, { readonly count: number }>>;

/**
 * A program of its own, which leaves the processor to whoever else wants it: guesses passwords by the password grant, on
 * so many connections for so many seconds, each try at an account of its own from an address of its own, so that no
 * throttle stops it before the hash.
 */
const [url = '', secret = '', connections = '', seconds = ''] = process.argv.slice(2);
const client = { ...PASSWORD_CLIENT, client_secret: secret };
setPriority(constants.priority.PRIORITY_LOW);

const flood = autocannon({
  url,
  connections: Number(connections),
  duration: Number(seconds),
  setupClient: (client) => client.setRequests([{ setupRequest: (request) => ({ ...request, ...guess() }) }]),
});
const { statusCodeStats } = await flood;
process.send?.(statusCodeStats);
process.disconnect();

function guess() {
  const username = `${randomBytes(8).toString('hex')}@example.com`;
  const post = formPost('/oauth/token', client, { grant_type: 'password', username, password: 'a guess' });
  const address = Array.from({ length: 4 }, () => randomInt(1, 255)).join('.');
  return { ...post, headers: { ...post.headers, 'x-forwarded-for': address } };
}
