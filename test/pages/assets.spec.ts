import { TestApp } from '../support/test-app.js';
import type { Page } from '../support/test-browser.js';

describe('the shell of every page', () => {
  let app: TestApp;
  let page: Page;
  beforeAll(async () => {
    app = await TestApp.start();
    page = await app.browser().get('/nowhere');
  });
  afterAll(() => app.stop());

  const assetsOf = ({ html }: Page) =>
    [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path = '']) => path);

  it('The shell of every page names its language and direction, has one h1 in one main, and a title of task and product', () => {
    expect(page.html).toMatch(/^<!DOCTYPE html><html lang="en" dir="ltr">/);
    expect(page.html.match(/<h1/g)).toHaveLength(1);
    expect(page.html.match(/<main/g)).toHaveLength(1);
    expect(page.html).toContain('<title>Not found – Gatehouse</title>');
  });

  it('The shell of every page says what happened, what can be done, and the reference id of an error', () => {
    expect(page.html).toMatch(/<h1>Not found<\/h1>.*What you can do.*<code>[0-9a-f-]{36}<\/code>/);
  });

  it('The shell of every page links to a style sheet, a script and an icon that may be cached for ever', async () => {
    const paths = assetsOf(page);
    const answers = await Promise.all(paths.map((path) => app.get(path)));
    expect(answers.map(({ status, headers }) => [status, headers.get('content-type')])).toEqual([
      [200, 'image/svg+xml'],
      [200, 'text/css; charset=utf-8'],
      [200, 'text/javascript; charset=utf-8'],
    ]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('The shell of every page weighs at most 30 kB together with all that it links to', async () => {
    const bodies = await Promise.all(assetsOf(page).map(async (path) => (await app.get(path)).arrayBuffer()));
    const bytes = bodies.reduce((sum, { byteLength }) => sum + byteLength, Buffer.byteLength(page.html));
    expect(bytes).toBeLessThan(30_000);
  });

  it('The shell of every page has no inline script, no inline style and no address of another origin', () => {
    expect(page.html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|(?:href|src)="(?:https?:)?\/\//);
  });

  it('The shell of every page forbids inline code, foreign content and framing, also where no module owns the address', () => {
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none';style-src 'self';script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('The shell of every page stays in the popup of the client that opened it', () => {
    expect(page.headers.get('cross-origin-opener-policy')).toBeNull();
  });

  it('An asset under another hash is answered with 404, so that no cache keeps the wrong content', async () => {
    const response = await app.get('/assets/gatehouse.0000000000.css');
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});
