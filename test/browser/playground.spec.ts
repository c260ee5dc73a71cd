import type { Browser, Page } from 'playwright-core';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

const SEND = 'Send the browser to sign in';
const EXCHANGE = 'Exchange the code for tokens';
const MAX_PAGE_BYTES = 30_000;

describe('the playground in a browser', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([TestApp.start({ demo: true }), launchChromium()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  let endUsers = 0;
  /** An end user who has allowed nothing yet. */
  const newEndUser = (): Promise<TestEndUser> =>
    anEndUser().withEmail(`end-user-${++endUsers}@example.com`).registeredAt(app);

  async function fillLogin(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(password);
  }

  /** From the start page to the callback. */
  async function untilCallback(visitor: Visitor, page = visitor.page): Promise<void> {
    await page.goto('/playground');
    await visitor.press(SEND, page);
    await fillLogin(page, await newEndUser());
    await visitor.press('Sign in', page);
    await visitor.press('Allow', page);
  }

  const heading = (page: Page) => page.locator('h1').innerText();
  const outcomes = (page: Page) => page.locator('article > .checks > li').allInnerTexts();

  /** The reuse is refused, and so is the token that came of the first use. */
  async function expectRefusedAndRevoked(visitor: Visitor): Promise<void> {
    expect(await outcomes(visitor.page)).toEqual([
      expect.stringContaining('400 invalid_grant'),
      expect.stringContaining('401 invalid_token'),
    ]);
    expect(await visitor.page.locator('.failed').count()).toBe(0);
    expect(await visitor.faults()).toEqual([]);
  }

  for (const [name, options] of Object.entries({
    'at a desk, in the light': { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
    'on a phone, in the dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
  } as const)) {
    it(`The playground runs the whole flow in eight clicks and one printed login, ${name}`, async () => {
      const visitor = await Visitor.arrive(browser, app.url, options);
      const { page } = visitor;
      const faults: string[] = [];
      const look = async () => {
        faults.push(...(await visitor.faults()));
        const bytes = Buffer.byteLength(await page.content());
        if (bytes > MAX_PAGE_BYTES) faults.push(`${await heading(page)}: ${bytes} bytes`);
      };
      const click = async (label: string) => {
        await visitor.press(label);
        await look();
      };
      await page.goto('/');
      await look();
      const printed = await page.locator('section:has(h2:text("Demo logins")) dd').allInnerTexts();
      const [email = '', password = ''] = name.startsWith('at a desk') ? printed : printed.slice(2);
      await click('Try the playground');
      await click(SEND);
      await fillLogin(page, { email, password });
      await click('Sign in');
      await click('Allow');
      expect(await outcomes(page)).toEqual([expect.stringContaining('passed'), expect.stringContaining('passed')]);
      await click(EXCHANGE);
      expect(await page.locator('.token h3').allInnerTexts()).toEqual(['ID token', 'Access token']);
      expect(await page.locator('.token .passed').count()).toBe(10);
      expect(await page.locator('.failed').count()).toBe(0);
      await click('Call the API');
      expect(await page.locator('.status').allInnerTexts()).toEqual(['200 OK', '200 OK', '200 OK']);
      await click('Refresh the tokens');
      expect(await heading(page)).toBe('Fresh tokens, without asking you again');
      expect(await page.locator('.failed').count()).toBe(0);
      await click('Revoke the tokens');
      expect(await outcomes(page)).toEqual([
        expect.stringContaining('revocation accepted passed'),
        expect.stringContaining('401 invalid_token'),
      ]);
      await click('Exchange the code');
      expect(await heading(page)).toBe('Tokens received and verified');
      expect(faults).toEqual([]);
      expect(visitor.complaints).toEqual([]);
      await visitor.leave();
    });
  }

  it('The playground runs without scripts', async () => {
    const visitor = await Visitor.arrive(browser, app.url, { javaScriptEnabled: false });
    await untilCallback(visitor);
    for (const label of [EXCHANGE, 'Call the API', 'Refresh the tokens', 'Revoke the tokens'])
      await visitor.press(label);
    expect(await heading(visitor.page)).toBe('Given back, and gone at once');
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });

  it('The playground is brought the refusal of the end user, and no code', async () => {
    const visitor = await Visitor.arrive(browser, app.url);
    await visitor.page.goto('/playground');
    await visitor.press(SEND);
    await fillLogin(visitor.page, await newEndUser());
    await visitor.press('Sign in');
    await visitor.press('Deny');
    expect(await heading(visitor.page)).toBe('You said no');
    expect(await visitor.page.getByRole('button', { name: EXCHANGE }).count()).toBe(0);
    expect(await visitor.faults()).toEqual([]);
    await visitor.leave();
  });

  it('The playground keeps two tabs apart', async () => {
    const visitor = await Visitor.arrive(browser, app.url);
    const other = await visitor.newTab();
    const endUser = await newEndUser();
    for (const page of [visitor.page, other]) {
      await page.goto('/playground');
      await visitor.press(SEND, page);
    }
    for (const page of [visitor.page, other]) {
      await fillLogin(page, endUser);
      await visitor.press('Sign in', page);
      if ((await heading(page)).startsWith('Allow')) await visitor.press('Allow', page);
    }
    for (const page of [other, visitor.page]) {
      await visitor.press(EXCHANGE, page);
      expect(await heading(page)).toBe('Tokens received and verified');
    }
    await visitor.leave();
  });

  describe('breaks', () => {
    it('A wrong verifier gets nothing at the playground, and the owner still everything', async () => {
      const visitor = await Visitor.arrive(browser, app.url);
      await untilCallback(visitor);
      await visitor.press('Use a wrong verifier');
      expect(await outcomes(visitor.page)).toEqual([expect.stringContaining('passed')]);
      expect(await visitor.page.locator('.exchange').innerText()).toContain('"error": "invalid_grant"');
      expect(await visitor.faults()).toEqual([]);
      await visitor.press(EXCHANGE);
      expect(await heading(visitor.page)).toBe('Tokens received and verified');
      await visitor.leave();
    });

    it('A second use of the code is refused at the playground, and revokes what the first gave', async () => {
      const visitor = await Visitor.arrive(browser, app.url);
      await untilCallback(visitor);
      await visitor.press(EXCHANGE);
      await visitor.press('Replay the code');
      await expectRefusedAndRevoked(visitor);
      await visitor.leave();
    });

    it('One changed character of the token spoils the signature at the playground, and the API refuses it', async () => {
      const visitor = await Visitor.arrive(browser, app.url);
      await untilCallback(visitor);
      await visitor.press(EXCHANGE);
      await visitor.press('Tamper with the token');
      expect(await outcomes(visitor.page)).toEqual([expect.stringContaining('401 invalid_token')]);
      expect(await visitor.page.locator('.token .failed').allInnerTexts()).toEqual([
        expect.stringContaining('signature failed'),
      ]);
      expect(await visitor.faults()).toEqual([]);
      await visitor.leave();
    });

    it('A reused refresh token gets the very same answer at the playground at first, and later its family is revoked', async () => {
      const visitor = await Visitor.arrive(browser, app.url);
      await untilCallback(visitor);
      await visitor.press(EXCHANGE);
      await visitor.press('Refresh the tokens');
      await visitor.press('Reuse the old refresh token');
      expect(await outcomes(visitor.page)).toEqual([expect.stringContaining('the very same answer passed')]);
      app.clock.travel({ seconds: 61 });
      await visitor.press('Reuse the old refresh token');
      await expectRefusedAndRevoked(visitor);
      await visitor.leave();
    });
  });
});
