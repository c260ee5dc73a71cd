import type { Browser } from 'playwright-core';
import { TestApp } from '../support/test-app.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

describe('pages in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start(), launchChromium()]);
    await app.registerClient('playground', {
      redirect_uris: [`${app.url}/playground/callback`],
      scope: 'openid profile email',
    });
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const PATHS = ['/', '/login', '/logout', '/playground', '/playground/callback?error=access_denied', '/nowhere'];

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1280]) {
      it(`have no accessibility fault and fit ${width} px, ${colorScheme}`, async () => {
        const visitor = await Visitor.arrive(browser, app.url, { colorScheme, viewport: { width, height: 800 } });
        const faults: string[] = [];
        for (const path of PATHS) {
          await visitor.page.goto(path);
          faults.push(...(await visitor.faults()));
        }
        expect(faults).toEqual([]);
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
      });
    }
  }

  it('move the focus to the error summary, whose links lead to the fields', async () => {
    const visitor = await Visitor.arrive(browser, app.url);
    await visitor.page.goto('/login');
    await visitor.press('Sign in');
    expect(await visitor.page.title()).toMatch(/^Error: Sign in/);
    expect(await visitor.page.evaluate('document.activeElement.className')).toBe('error-summary');
    expect(await visitor.faults()).toEqual([]);
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('email');
    await visitor.leave();
  });

  it('let a password be looked at', async () => {
    const visitor = await Visitor.arrive(browser, app.url);
    await visitor.page.goto('/login');
    const password = visitor.page.locator('#password');
    await visitor.page.getByRole('button', { name: 'Show password' }).click();
    expect(await password.getAttribute('type')).toBe('text');
    await visitor.page.getByRole('button', { name: 'Hide password' }).click();
    expect(await password.getAttribute('type')).toBe('password');
    await visitor.leave();
  });
});
