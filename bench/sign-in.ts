import { randomBytes } from 'node:crypto';
import { TestBrowser } from '../test/support/test-browser.js';
import type { BenchServer } from './bench-server.js';

/** Somebody who signs in. */
export interface BenchEndUser {
  readonly email: string;
  readonly password: string;
}

/** As many end users as there are connections, so that no two connections wait for one row. */
export function endUsers(count: number): readonly BenchEndUser[] {
  const password = randomBytes(16).toString('base64url');
  return Array.from({ length: count }, (_, index) => ({ email: `end-user-${index}@example.com`, password }));
}

/** Signs an end user in at the sign-in page, and returns the Cookie header that the browser sends from then on. */
export async function signIn(server: BenchServer, { email, password }: BenchEndUser): Promise<string> {
  const browser = new TestBrowser(server.url);
  const answer = await browser.submit(await browser.get('/login'), { email, password });
  if (answer.status !== 303) throw new Error(`${server.name} did not sign ${email} in: ${answer.html}`);
  return [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
}
