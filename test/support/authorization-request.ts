import { s256Challenge } from '../../src/common/crypto/pkce.js';
import type { TestApp } from './test-app.js';
import type { Page, TestBrowser } from './test-browser.js';

/** The code verifier behind the challenge that every request of a test sends. */
export const VERIFIER = 'a-verifier-that-every-test-may-know-0123456789';

/** The S256 challenge of a verifier, well-formed or not (RFC 7636 section 4.2). */
export const challengeOf = s256Challenge;

/** The path and query of an authorization request for a code with PKCE; undefined leaves a parameter out. */
export function authorizePath(parameters: Record<string, string | undefined>): string {
  return `/oauth/authorize?${authorizeForm(parameters)}`;
}

/** The parameters of an authorization request for a code with PKCE; undefined leaves a parameter out. */
export function authorizeForm(parameters: Record<string, string | undefined>): URLSearchParams {
  const usual = {
    response_type: 'code',
    state: 'a state & more',
    code_challenge: s256Challenge(VERIFIER),
    code_challenge_method: 'S256',
  };
  const all = Object.entries<string | undefined>({ ...usual, ...parameters });
  return new URLSearchParams(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** A browser in which this end user has signed in by the page. */
export async function signedInBrowser(app: TestApp, email: string, password: string): Promise<TestBrowser> {
  const browser = app.browser();
  await signIn(browser, await browser.get('/login'), email, password);
  return browser;
}

/** Fills in the sign-in page. */
export async function signIn(browser: TestBrowser, page: Page, email: string, password: string): Promise<Page> {
  const after = await browser.submit(page, { email, password });
  if (after.status !== 303) throw new Error(`Signing in was answered with ${after.status}: ${after.html}`);
  return after;
}

/**
 * Walks from an authorization request to its answer as an end user does: signs in, goes on with the account at hand and
 * allows, each where it is asked for.
 */
export async function walkThrough(browser: TestBrowser, path: string, email: string, password: string): Promise<Page> {
  let page = await browser.follow(await browser.get(path));
  while (/<form[^>]* action="\//.test(page.html)) {
    const asksForPassword = page.html.includes('name="password"');
    const answered = asksForPassword
      ? await signIn(browser, page, email, password)
      : await browser.submit(page, { decision: 'allow' });
    page = await browser.follow(answered);
  }
  return page;
}

/** The parameters of an authorization response, in the query or the fragment of where the page leads. */
export function responseOf(page: Page): Record<string, string> {
  const { location } = page;
  if (location === undefined) throw new Error(`No redirect but ${page.status}: ${page.html}`);
  return Object.fromEntries(new URLSearchParams(location.hash.slice(1) || location.search));
}
