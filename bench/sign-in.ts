import { TestBrowser } from '../test/support/test-browser.js';
import { PERSON } from './bench-clients.js';
import type { BenchServer } from './bench-server.js';

/** Signs the person in at the sign-in page, and returns the Cookie header that their browser sends from then on. */
export async function signIn(server: BenchServer): Promise<string> {
  const browser = new TestBrowser(server.url);
  const answer = await browser.submit(await browser.get('/login'), PERSON);
  if (answer.status !== 303) throw new Error(`${server.name} did not sign ${PERSON.email} in: ${answer.html}`);
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
