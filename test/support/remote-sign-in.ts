import { countOf } from './stored-rows.js';
import type { TestApp } from './test-app.js';
import type { Page, TestBrowser } from './test-browser.js';

/** Starts at `/auth/<name>` and goes through a provider that asks nothing; gives the callback's URL, not yet called. */
export async function leaveFor(browser: TestBrowser, path: string): Promise<string> {
  const start = await browser.get(path);
  if (start.status !== 302) throw new Error(`${path} answered ${start.status}: ${start.html}`);
  const answer = await fetch(start.location?.href ?? '', { redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

/** The whole sign-in at a provider that asks nothing, up to the answer of the callback. */
export async function signInAt(browser: TestBrowser, path: string): Promise<Page> {
  return browser.get(await leaveFor(browser, path));
}

/** Who is signed in at this browser, as the sign-out page names them. */
export async function signedInAs(browser: TestBrowser): Promise<string | undefined> {
  return /signed in as <bdi>([^<]*)/.exec((await browser.get('/logout')).html)?.[1];
}

/** How many rows a sign-in could have made. */
export async function traces(app: TestApp): Promise<{ users: number; links: number; sessions: number }> {
  const [users, links, sessions] = await Promise.all([
    countOf(app, 'users'),
    countOf(app, 'linked_accounts'),
    countOf(app, 'sign_in_sessions'),
  ]);
  return { users, links, sessions };
}

/** A failure's page: status, code, the words that say what happened, a reference id and a way on that is not only `/`. */
export function expectFailurePage(page: Page, status: number, code: string, words: string): void {
  expect(page.html).toContain(`<code>${code}</code>`);
  expect(page.html).toContain(words);
  expect(page.html).toMatch(/<code>[0-9a-f]{8}-[0-9a-f-]{27}<\/code>/);
  expect(page.html).toMatch(/<a class="button primary" href="\//);
  expect(page.status).toBe(status);
}
