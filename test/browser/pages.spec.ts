import type { Browser } from 'playwright-core';
import { anEndUser } from '../support/end-user-builder.js';
import { HebrewModule, hebrew } from '../support/hebrew-texts.js';
import { TestApp } from '../support/test-app.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

describe('pages in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start({ demo: true, extensions: [HebrewModule] }), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  const PATHS = ['/', '/login', '/logout', '/playground', '/playground/callback?error=access_denied', '/nowhere'];

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [320, 1280]) {
      it(`Pages have no accessibility fault and fit ${width} px, ${colorScheme}`, async () => {
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

  it('Pages have no accessibility fault for an end user who is signed in', async () => {
    const ada = await anEndUser().registeredAt(app);
    const visitor = await Visitor.arrive(browser, app.url, { viewport: { width: 320, height: 640 } });
    const { page } = visitor;
    await page.goto('/login');
    await page.locator('#email').fill(ada.email);
    await page.locator('#password').fill(ada.password);
    await visitor.press('Sign in');
    const faults = await visitor.faults();
    const send = async (prompt: string) => {
      await page.goto('/playground');
      await page.selectOption('#prompt', prompt);
      await visitor.press('Send the browser to sign in');
      faults.push(...(await visitor.faults()));
    };
    await send('login');
    expect(await page.title()).toMatch(/^Confirm it is you/);
    await send('select_account');
    await visitor.press(/^Continue as/);
    faults.push(...(await visitor.faults()));
    await visitor.press('Allow');
    for (const path of ['/oauth/authorizations', '/logout']) {
      await page.goto(path);
      faults.push(...(await visitor.faults()));
    }
    expect(await page.locator('h1').innerText()).toBe('Sign out?');
    expect(faults).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });

  it('Pages have no accessibility fault from right to left either, and tell a password by its language', async () => {
    const visitor = await Visitor.arrive(browser, app.url, { locale: 'he-IL', viewport: { width: 320, height: 640 } });
    const faults: string[] = [];
    for (const path of ['/logout', '/nowhere', '/login']) {
      await visitor.page.goto(path);
      faults.push(...(await visitor.faults()));
    }
    expect(faults).toEqual([]);
    const { showPassword, hidePassword } = hebrew.passwordField;
    await visitor.page.getByRole('button', { name: showPassword }).click();
    await visitor.page.getByRole('button', { name: hidePassword }).waitFor();
    const side = 'getComputedStyle(document.querySelector("h1")).direction';
    expect(await visitor.page.evaluate(side)).toBe('rtl');
    await visitor.leave();
  });

  it('Pages move the focus to the error summary, whose links lead to the fields', async () => {
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

  it('Pages copy a curl line and the report of an error at a press, and say so', async () => {
    const visitor = await Visitor.arrive(browser, app.url, { permissions: ['clipboard-read', 'clipboard-write'] });
    await visitor.page.goto('/playground');
    await visitor.page.getByRole('button', { name: 'Copy' }).click();
    await visitor.page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' });
    const line = await visitor.page.locator('.curl code').textContent();
    expect(await visitor.page.evaluate('navigator.clipboard.readText()')).toBe(line);
    await visitor.page.goto('/nowhere');
    await visitor.page.getByRole('button', { name: 'Copy' }).click();
    await visitor.page.getByRole('status').getByText('Copied').waitFor({ state: 'attached' });
    const report = /^Error\nnot_found\nReference\n[0-9a-f-]{36}\nTime\n20\d\d-.*Z$/;
    expect(await visitor.page.evaluate('navigator.clipboard.readText()')).toMatch(report);
    await visitor.leave();
  });

  it('Pages let a password be looked at', async () => {
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
