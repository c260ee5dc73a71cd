import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page } from '../support/test-browser.js';

const WINDOW_SECONDS = 900;

/** Stricter than the default, for one account. */
const throttle = { failuresPerAccount: 2 };

describe('the throttle of failed sign-ins', () => {
  let app: TestApp;
  let nextAddress = 1;
  beforeAll(async () => {
    app = await TestApp.start();
    app.nest.set('trust proxy', 'loopback');
  });
  afterAll(() => app.stop());

  /** Every test has an account and an address of its own, at the start of a window. */
  beforeEach(() => {
    const now = app.clock.now().getTime() / 1000;
    app.clock.travel({ seconds: WINDOW_SECONDS - (now % WINDOW_SECONDS) });
  });

  const freshAddress = () => `198.51.100.${nextAddress++}`;

  async function attempt(email: string, password: string, address: string, at = app): Promise<Page> {
    const browser = at.browser();
    const fields = hiddenFields((await browser.get('/login')).html);
    return browser.post('/login', { ...fields, email, password }, { 'x-forwarded-for': address });
  }

  const inParallel = (count: number, send: (index: number) => Promise<Page>) =>
    Promise.all(Array.from({ length: count }, (_, index) => send(index)));

  const count = (pages: readonly Page[], wanted: number) => pages.filter(({ status }) => status === wanted).length;

  it('The throttle lets ten of twenty parallel guesses at an account through, and the right password no more', async () => {
    await anEndUser().withEmail('ada@example.com').registeredAt(app);
    const spellings = ['ada@example.com', 'ADA@example.com', ' Ada@Example.Com '];
    const guesses = await inParallel(20, (index) => attempt(spellings[index % 3] ?? '', `${index}`, freshAddress()));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([10, 10]);
    expect((await attempt('ada@example.com', PASSWORD, freshAddress())).status).toBe(429);
  });

  it('The throttle lets fifty of sixty parallel guesses from an address through, whatever the accounts', async () => {
    await anEndUser().withEmail('bob@example.com').registeredAt(app);
    const address = freshAddress();
    const guesses = await inParallel(60, (index) => attempt(`${index}@example.com`, 'wrong', address));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([50, 10]);
    expect((await attempt('bob@example.com', PASSWORD, address)).status).toBe(429);
    expect((await attempt('bob@example.com', PASSWORD, freshAddress())).status).toBe(303);
  });

  it('The throttle does not let an address that is over its limit lock end users out of their accounts', async () => {
    await anEndUser().withEmail('hal@example.com').registeredAt(app);
    const address = freshAddress();
    await inParallel(50, (index) => attempt(`${index}@hal.example`, 'wrong', address));
    expect(count(await inParallel(11, () => attempt('hal@example.com', 'wrong', address)), 429)).toBe(11);
    expect((await attempt('hal@example.com', PASSWORD, freshAddress())).status).toBe(303);
  });

  it('The throttle does not let guesses at one account stop its neighbours behind the same address', async () => {
    await anEndUser().withEmail('ira@example.com').registeredAt(app);
    const address = freshAddress();
    const guesses = await inParallel(60, () => attempt('non@ira.example', 'wrong', address));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([10, 50]);
    expect((await attempt('ira@example.com', PASSWORD, address)).status).toBe(303);
  });

  it('The throttle takes the addresses of one IPv6 network of 64 bits as one', async () => {
    const guesses = await inParallel(60, (index) => attempt(`${index}@v6.example`, 'wrong', `2001:db8::${index}`));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([50, 10]);
  });

  it('The throttle says the same of an account that does not exist', async () => {
    await anEndUser().withEmail('cal@example.com').registeredAt(app);
    const refusals = [];
    for (const email of ['cal@example.com', 'non@example.com']) {
      const address = freshAddress();
      await inParallel(10, () => attempt(email, 'wrong', address));
      refusals.push(await attempt(email, 'wrong', address));
    }
    const words = refusals.map(({ status, html }) => [
      status,
      html.replace(/name="csrf_token" value="[^"]*"/, '').replaceAll(/(cal|non)@example\.com/g, ''),
    ]);
    expect(words[0]).toEqual([429, expect.stringContaining('Signing in failed too often. Try again in 15 minutes')]);
    expect(words[1]).toEqual(words[0]);
  });

  it('The throttle says in Retry-After when the next try is worth making, and lets it through then', async () => {
    await anEndUser().withEmail('dot@example.com').registeredAt(app);
    await inParallel(10, () => attempt('dot@example.com', 'wrong', freshAddress()));
    app.clock.travel({ seconds: 600 });
    const refusal = await attempt('dot@example.com', PASSWORD, freshAddress());
    const retryAfterSeconds = Number(refusal.headers.get('retry-after'));
    expect(refusal.status).toBe(429);
    expect(retryAfterSeconds).toBeGreaterThan(280);
    expect(retryAfterSeconds).toBeLessThanOrEqual(300);
    expect(refusal.html).toContain('Try again in 5 minutes');
    app.clock.travel({ seconds: retryAfterSeconds - 10 });
    expect((await attempt('dot@example.com', PASSWORD, freshAddress())).status).toBe(429);
    app.clock.travel({ seconds: 10 });
    expect((await attempt('dot@example.com', PASSWORD, freshAddress())).status).toBe(303);
  });

  it('The throttle counts failures only: a success clears those of the account and none of the address', async () => {
    await anEndUser().withEmail('eve@example.com').registeredAt(app);
    const address = freshAddress();
    for (let round = 0; round < 5; round++) {
      expect(count(await inParallel(9, () => attempt('eve@example.com', 'wrong', address)), 422)).toBe(9);
      expect((await attempt('eve@example.com', PASSWORD, address)).status).toBe(303);
    }
    expect(count(await inParallel(5, () => attempt('eve@example.com', PASSWORD, address)), 303)).toBe(5);
    const guesses = await inParallel(8, (index) => attempt(`${index}@eve.example`, 'wrong', address));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([5, 3]);
  });

  it('The throttle counts nothing for a form that is incomplete or not ours', async () => {
    await anEndUser().withEmail('fay@example.com').registeredAt(app);
    const address = freshAddress();
    await inParallel(11, () => attempt('fay@example.com', '', address));
    await inParallel(11, () => app.browser().post('/login', { email: 'fay@example.com', password: 'x' }));
    expect((await attempt('fay@example.com', PASSWORD, address)).status).toBe(303);
  });

  it('The throttle takes the address from no header that anyone can send, unless the application trusts its proxy', async () => {
    app.nest.set('trust proxy', false);
    const guesses = await inParallel(55, (index) => attempt(`${index}@gil.example`, 'wrong', freshAddress()));
    app.nest.set('trust proxy', 'loopback');
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([50, 5]);
  });

  it('The throttle takes other limits from the options', async () => {
    const stricter = await TestApp.start({ options: { throttle } });
    try {
      const guesses = await inParallel(3, () => attempt('ada@example.com', 'wrong', '192.0.2.1', stricter));
      expect([count(guesses, 422), count(guesses, 429)]).toEqual([2, 1]);
    } finally {
      await stricter.stop();
    }
  });
});
