import type { GatehouseOptions } from 'gatehouse';
import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { quickHashes } from '../support/quick-hasher.js';
import { statementsDuring } from '../support/sent-statements.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';

const WINDOW_SECONDS = 900;
/** Failures leave the window by parts of this length. */
const PART_SECONDS = 60;

/** A server with these limits in the place of the usual ones. */
async function startWith(throttle: GatehouseOptions['throttle'] = {}): Promise<TestApp> {
  const app = await TestApp.start({ options: { throttle, ...quickHashes } });
  app.nest.set('trust proxy', 'loopback');
  return app;
}

let nextAddress = 1;
const freshAddress = () => `198.51.100.${nextAddress++}`;

/** Fills in the sign-in page in a browser, which is a fresh one where none is named. */
async function attempt(app: TestApp, email: string, password: string, address: string, browser = app.browser()) {
  const fields = hiddenFields((await browser.get('/login?account=another')).html);
  return browser.post('/login?account=another', { ...fields, email, password }, { 'x-forwarded-for': address });
}

const inParallel = (count: number, send: (index: number) => Promise<Page>) =>
  Promise.all(Array.from({ length: count }, (_, index) => send(index)));

/** How many were told that the password is wrong, and how many that they must wait. */
const verdicts = (pages: readonly Page[]) => [
  pages.filter(({ status }) => status === 422).length,
  pages.filter(({ status }) => status === 429).length,
];

describe('the throttle of failed sign-ins', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startWith({ longestDelaySeconds: 0.001 });
  });
  afterAll(() => app.stop());

  /** Every test has accounts and addresses of its own, at the start of a part of the window. */
  beforeEach(() => {
    const now = app.clock.now().getTime() / 1000;
    app.clock.travel({ seconds: PART_SECONDS - (now % PART_SECONDS) });
  });

  const guess = (email: string, address: string, browser?: TestBrowser) =>
    attempt(app, email, 'wrong', address, browser);
  const signIn = async (email: string, address: string, browser?: TestBrowser) =>
    (await attempt(app, email, PASSWORD, address, browser)).status;

  describe('at one account', () => {
    it('Ten of twenty parallel guesses from one address are looked at, and then the right password must wait there and nowhere else', async () => {
      await anEndUser().withEmail('ada@example.com').registeredAt(app);
      const address = freshAddress();
      const spellings = ['ada@example.com', 'ADA@example.com', ' Ada@Example.Com '];
      const guesses = await inParallel(20, (index) => guess(spellings[index % 3] ?? '', address));
      expect(verdicts(guesses)).toEqual([10, 10]);
      expect(await signIn('ada@example.com', address)).toBe(429);
      expect(await signIn('ada@example.com', freshAddress())).toBe(303);
    });

    it('Guesses at two nodes count together', async () => {
      const node = await app.startNode();
      node.nest.set('trust proxy', 'loopback');
      const address = freshAddress();
      const guesses = await inParallel(24, (index) =>
        attempt(index % 2 === 0 ? app : node, 'non@two.example', 'wrong', address),
      );
      expect(verdicts(guesses)).toEqual([10, 14]);
    });

    it('A right password makes the failures from its network forgotten there, and none of the address', async () => {
      await anEndUser().withEmail('eve@example.com').registeredAt(app);
      const address = freshAddress();
      for (let round = 0; round < 11; round++) {
        expect(verdicts(await inParallel(9, () => guess('eve@example.com', address)))).toEqual([9, 0]);
        expect(await signIn('eve@example.com', address)).toBe(303);
      }
      const guesses = await inParallel(3, (index) => guess(`${index}@eve.example`, address));
      expect(verdicts(guesses)).toEqual([1, 2]);
    });

    it('Guesses that are refused are no failures of their address, so that the neighbours behind it can sign in', async () => {
      await anEndUser().withEmail('ira@example.com').registeredAt(app);
      const address = freshAddress();
      expect(verdicts(await inParallel(120, () => guess('non@ira.example', address)))).toEqual([10, 110]);
      expect(await signIn('ira@example.com', address)).toBe(303);
    });

    it('An account that does not exist is spoken of in the same words', async () => {
      await anEndUser().withEmail('cal@example.com').registeredAt(app);
      const refusals = [];
      for (const email of ['cal@example.com', 'non@example.com']) {
        const address = freshAddress();
        await inParallel(10, () => guess(email, address));
        refusals.push(await guess(email, address));
      }
      const words = refusals.map(({ status, html }) => [
        status,
        html.replace(/name="csrf_token" value="[^"]*"/, '').replaceAll(/(cal|non)@example\.com/g, ''),
      ]);
      expect(words[0]).toEqual([429, expect.stringContaining('Signing in failed too often. Try again in 16 minutes')]);
      expect(words[1]).toEqual(words[0]);
    });

    it('Forms that are incomplete or not ours count for nothing', async () => {
      await anEndUser().withEmail('fay@example.com').registeredAt(app);
      const address = freshAddress();
      await inParallel(11, () => attempt(app, 'fay@example.com', '', address));
      await inParallel(11, () => app.browser().post('/login', { email: 'fay@example.com', password: 'x' }));
      expect(await signIn('fay@example.com', address)).toBe(303);
    });
  });

  describe('in time', () => {
    it('Failures count for a quarter of an hour wherever the hour stands, and leave one after the other', async () => {
      await anEndUser().withEmail('kim@example.com').registeredAt(app);
      const address = freshAddress();
      for (let index = 0; index < 10; index++) {
        expect((await guess('kim@example.com', address)).status).toBe(422);
        app.clock.travel({ seconds: PART_SECONDS });
      }
      app.clock.travel({ seconds: WINDOW_SECONDS - 10 * PART_SECONDS - 1 });
      expect((await guess('kim@example.com', address)).status).toBe(429);
      app.clock.travel({ seconds: PART_SECONDS + 5 });
      expect(verdicts(await inParallel(5, () => guess('kim@example.com', address)))).toEqual([1, 4]);
      app.clock.travel({ seconds: WINDOW_SECONDS });
      expect(await signIn('kim@example.com', address)).toBe(303);
    });

    it('Retry-After says when the next try is worth making, which is let through then and not before', async () => {
      await anEndUser().withEmail('dot@example.com').registeredAt(app);
      const address = freshAddress();
      await inParallel(10, () => guess('dot@example.com', address));
      app.clock.travel({ seconds: 660 });
      const refusal = await attempt(app, 'dot@example.com', PASSWORD, address);
      const retryAfterSeconds = Number(refusal.headers.get('retry-after'));
      expect(refusal.status).toBe(429);
      expect(retryAfterSeconds).toBeGreaterThan(280);
      expect(retryAfterSeconds).toBeLessThanOrEqual(300);
      expect(refusal.html).toContain('Try again in 5 minutes');
      app.clock.travel({ seconds: retryAfterSeconds - 10 });
      expect(await signIn('dot@example.com', address)).toBe(429);
      app.clock.travel({ seconds: 10 });
      expect(await signIn('dot@example.com', address)).toBe(303);
    });
  });

  describe('at a browser that has signed in to the account before', () => {
    /** A browser in which this end user has signed in and out again. */
    async function knownBrowserOf(email: string): Promise<TestBrowser> {
      await anEndUser().withEmail(email).registeredAt(app);
      const browser = app.browser();
      expect(await signIn(email, freshAddress(), browser)).toBe(303);
      expect((await browser.submit(await browser.get('/logout'))).status).toBe(303);
      return browser;
    }

    it('The right password gets in whatever strangers in the same network have tried', async () => {
      const browser = await knownBrowserOf('lea@example.com');
      const address = freshAddress();
      await inParallel(10, () => guess('lea@example.com', address));
      await inParallel(90, (index) => guess(`${index}@lea.example`, address));
      expect(await signIn('lea@example.com', address)).toBe(429);
      expect(await signIn('lea@example.com', address, browser)).toBe(303);
    });

    it('Failures have a count of their own, which no other browser and no address sees', async () => {
      const browser = await knownBrowserOf('mia@example.com');
      const address = freshAddress();
      expect(verdicts(await inParallel(12, () => guess('mia@example.com', address, browser)))).toEqual([10, 2]);
      expect(await signIn('mia@example.com', freshAddress(), browser)).toBe(429);
      expect(await signIn('mia@example.com', address)).toBe(303);
    });

    it('Another account is guessed at like from any other browser, and so is this one with a cookie that was changed', async () => {
      await anEndUser().withEmail('ned@example.com').registeredAt(app);
      const browser = await knownBrowserOf('ola@example.com');
      const address = freshAddress();
      await inParallel(10, () => guess('ned@example.com', address));
      expect(await signIn('ned@example.com', address, browser)).toBe(429);
      await inParallel(10, () => guess('ola@example.com', address));
      const value = browser.cookies.get('gatehouse_device') ?? '';
      browser.cookies.set('gatehouse_device', `${value.slice(0, -4)}AAAA`);
      expect(await signIn('ola@example.com', address, browser)).toBe(429);
      browser.cookies.set('gatehouse_device', value);
      expect(await signIn('ola@example.com', address, browser)).toBe(303);
    });

    it('The cookie names no account in clear, and the browser keeps it for more than a year', async () => {
      const browser = app.browser();
      const ada = await anEndUser().withEmail('pia@example.com').registeredAt(app);
      const page = await attempt(app, ada.email, PASSWORD, freshAddress(), browser);
      const cookie = page.headers.getSetCookie().find((line) => line.startsWith('gatehouse_device='));
      expect(cookie).toMatch(/; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
      expect(Buffer.from(cookie ?? '', 'base64url').toString('latin1')).not.toMatch(/pia@|accounts/);
    });
  });

  describe('from one network', () => {
    it('The address comes from no header that anyone can send, unless the application trusts its proxy', async () => {
      app.nest.set('trust proxy', false);
      const guesses = await inParallel(12, () => guess('non@gil.example', freshAddress()));
      app.nest.set('trust proxy', 'loopback');
      expect(verdicts(guesses)).toEqual([10, 2]);
    });

    it('A hundred guesses at whatever accounts are looked at, and then the right password must wait there and nowhere else', async () => {
      await anEndUser().withEmail('bob@example.com').registeredAt(app);
      const address = freshAddress();
      const guesses = await inParallel(50, (index) => guess(`${index}@bob.example`, address));
      expect(verdicts(guesses)).toEqual([50, 0]);
      const more = await inParallel(60, (index) => guess(`${50 + index}@bob.example`, address));
      expect(verdicts(more)).toEqual([50, 10]);
      expect(await signIn('bob@example.com', address)).toBe(429);
      expect(await signIn('bob@example.com', freshAddress())).toBe(303);
    });

    it('An IPv6 network of 64 bits is one, and those of 56 and 48 bits have room for four and sixteen times as many failures', async () => {
      const all: Page[] = [];
      const guessFrom = async (prefix: string) => {
        const guesses = await inParallel(12, (host) => guess('non@v6.example', `2001:db8:${prefix}::${host}`));
        all.push(...guesses);
        return verdicts(guesses)[0];
      };
      expect(await guessFrom('5:0')).toBe(10);
      for (const subnet of [1, 2, 3]) expect(await guessFrom(`5:${subnet}`)).toBe(10);
      expect(await guessFrom('5:4')).toBe(0);
      for (let site = 0x100; site <= 0xc00; site += 0x100) {
        expect(await guessFrom(`5:${site.toString(16)}`)).toBe(10);
      }
      expect(verdicts(all)[0]).toBe(160);
      expect(await guessFrom('5:ff00')).toBe(0);
      expect(await guessFrom('6:0')).toBe(10);
    });
  });

  it('A try costs two statements besides the look-up of the end user, whether it is right, wrong or refused', async () => {
    await anEndUser().withEmail('zoe@example.com').registeredAt(app);
    const address = freshAddress();
    const throttleStatements = async (password: string) => {
      const browser = app.browser();
      const fields = hiddenFields((await browser.get('/login')).html);
      const form = { ...fields, email: 'zoe@example.com', password };
      const sent = await statementsDuring(app, () => browser.post('/login', form, { 'x-forwarded-for': address }));
      return sent.filter((name) => !name.startsWith('sign-in-session'));
    };
    expect(await throttleStatements(PASSWORD)).toEqual([
      'user-by-email',
      'login-failure-begin',
      'login-failure-forgive',
    ]);
    expect(await throttleStatements('wrong')).toEqual(['user-by-email', 'login-failure-begin', 'login-failure-end']);
    await inParallel(9, () => guess('zoe@example.com', address));
    expect(await throttleStatements('wrong')).toEqual(['user-by-email', 'login-failure-begin', 'login-failure-end']);
  });
});

describe('tries that are slowed down', () => {
  const DELAY_SECONDS = 0.3;
  let app: TestApp;
  afterEach(() => app.stop());

  /** How long an answer takes. */
  async function secondsOf(page: Promise<Page>): Promise<number> {
    const start = performance.now();
    await page;
    return (performance.now() - start) / 1000;
  }

  it('An account at which failures come in from everywhere is not closed: its tries wait a bounded time, and the right password gets in', async () => {
    app = await startWith({ failuresBeforeDelay: 5, longestDelaySeconds: DELAY_SECONDS });
    await anEndUser().registeredAt(app);
    await inParallel(30, () => attempt(app, 'ada@example.com', 'wrong', freshAddress()));
    const answer = attempt(app, 'ada@example.com', PASSWORD, freshAddress());
    expect(await secondsOf(answer)).toBeGreaterThanOrEqual(DELAY_SECONDS);
    expect((await answer).status).toBe(303);
    const neighbour = attempt(app, 'non@example.com', 'wrong', freshAddress());
    expect(await secondsOf(neighbour)).toBeLessThan(DELAY_SECONDS);
  });

  it('A network with many failures is slowed down, the more the more there are, before it is refused', async () => {
    app = await startWith({ failuresPerAddress: 3, longestDelaySeconds: DELAY_SECONDS });
    const address = freshAddress();
    const seconds: number[] = [];
    for (let index = 0; index < 6; index++) {
      const answer = attempt(app, `${index}@example.com`, 'wrong', address);
      seconds.push(await secondsOf(answer));
      expect((await answer).status).toBe(422);
    }
    expect(seconds[3]).toBeGreaterThanOrEqual(DELAY_SECONDS / 3);
    expect(seconds[5]).toBeGreaterThanOrEqual(DELAY_SECONDS);
    expect((await attempt(app, '6@example.com', 'wrong', address)).status).toBe(429);
  });
});
