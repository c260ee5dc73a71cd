import { Global, Module } from '@nestjs/common';
import { PreparedSql } from '../../src/common/database/prepared-sql.js';
import { PostgresSignInThrottle } from '../../src/users/throttle/postgres-sign-in-throttle.js';
import { SignInThrottle } from '../../src/users/throttle/sign-in-throttle.js';
import { SIGN_IN_THROTTLE_OPTIONS } from '../../src/users/throttle/sign-in-throttle.options.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page } from '../support/test-browser.js';

const WINDOW_SECONDS = 900;

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

  async function attempt(email: string, password: string, address: string): Promise<Page> {
    const browser = app.browser();
    const fields = hiddenFields((await browser.get('/login')).html);
    return browser.post('/login', { ...fields, email, password }, { 'x-forwarded-for': address });
  }

  const inParallel = (count: number, send: (index: number) => Promise<Page>) =>
    Promise.all(Array.from({ length: count }, (_, index) => send(index)));

  const count = (pages: readonly Page[], wanted: number) => pages.filter(({ status }) => status === wanted).length;

  it('lets ten of twenty parallel guesses at an account through, and the right password no more', async () => {
    await app.registerUser({ email: 'ada@example.com', password: 'correct horse' });
    const spellings = ['ada@example.com', 'ADA@example.com', ' Ada@Example.Com '];
    const guesses = await inParallel(20, (index) => attempt(spellings[index % 3] ?? '', `${index}`, freshAddress()));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([10, 10]);
    expect((await attempt('ada@example.com', 'correct horse', freshAddress())).status).toBe(429);
  });

  it('lets fifty of sixty parallel guesses from an address through, whatever the accounts', async () => {
    await app.registerUser({ email: 'bob@example.com', password: 'battery staple' });
    const address = freshAddress();
    const guesses = await inParallel(60, (index) => attempt(`${index}@example.com`, 'wrong', address));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([50, 10]);
    expect((await attempt('bob@example.com', 'battery staple', address)).status).toBe(429);
    expect((await attempt('bob@example.com', 'battery staple', freshAddress())).status).toBe(303);
  });

  it('does not let an address that is over its limit lock people out of their accounts', async () => {
    await app.registerUser({ email: 'hal@example.com', password: 'correct horse' });
    const address = freshAddress();
    await inParallel(50, (index) => attempt(`${index}@hal.example`, 'wrong', address));
    expect(count(await inParallel(11, () => attempt('hal@example.com', 'wrong', address)), 429)).toBe(11);
    expect((await attempt('hal@example.com', 'correct horse', freshAddress())).status).toBe(303);
  });

  it('does not let guesses at one account stop its neighbours behind the same address', async () => {
    await app.registerUser({ email: 'ira@example.com', password: 'correct horse' });
    const address = freshAddress();
    const guesses = await inParallel(60, () => attempt('non@ira.example', 'wrong', address));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([10, 50]);
    expect((await attempt('ira@example.com', 'correct horse', address)).status).toBe(303);
  });

  it('takes the addresses of one IPv6 network of 64 bits as one', async () => {
    const guesses = await inParallel(60, (index) => attempt(`${index}@v6.example`, 'wrong', `2001:db8::${index}`));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([50, 10]);
  });

  it('says the same of an account that does not exist', async () => {
    await app.registerUser({ email: 'cal@example.com', password: 'correct horse' });
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

  it('says in Retry-After when the next try is worth making, and lets it through then', async () => {
    await app.registerUser({ email: 'dot@example.com', password: 'correct horse' });
    await inParallel(10, () => attempt('dot@example.com', 'wrong', freshAddress()));
    app.clock.travel({ seconds: 600 });
    const refusal = await attempt('dot@example.com', 'correct horse', freshAddress());
    const retryAfterSeconds = Number(refusal.headers.get('retry-after'));
    expect(refusal.status).toBe(429);
    expect(retryAfterSeconds).toBeGreaterThan(280);
    expect(retryAfterSeconds).toBeLessThanOrEqual(300);
    expect(refusal.html).toContain('Try again in 5 minutes');
    app.clock.travel({ seconds: retryAfterSeconds - 10 });
    expect((await attempt('dot@example.com', 'correct horse', freshAddress())).status).toBe(429);
    app.clock.travel({ seconds: 10 });
    expect((await attempt('dot@example.com', 'correct horse', freshAddress())).status).toBe(303);
  });

  it('counts failures only: a success clears those of the account and none of the address', async () => {
    await app.registerUser({ email: 'eve@example.com', password: 'correct horse' });
    const address = freshAddress();
    for (let round = 0; round < 5; round++) {
      expect(count(await inParallel(9, () => attempt('eve@example.com', 'wrong', address)), 422)).toBe(9);
      expect((await attempt('eve@example.com', 'correct horse', address)).status).toBe(303);
    }
    expect(count(await inParallel(5, () => attempt('eve@example.com', 'correct horse', address)), 303)).toBe(5);
    const guesses = await inParallel(8, (index) => attempt(`${index}@eve.example`, 'wrong', address));
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([5, 3]);
  });

  it('counts nothing for a form that is incomplete or not ours', async () => {
    await app.registerUser({ email: 'fay@example.com', password: 'correct horse' });
    const address = freshAddress();
    await inParallel(11, () => attempt('fay@example.com', '', address));
    await inParallel(11, () => app.browser().post('/login', { email: 'fay@example.com', password: 'x' }));
    expect((await attempt('fay@example.com', 'correct horse', address)).status).toBe(303);
  });

  it('takes the address from no header that anyone can send, unless the application trusts its proxy', async () => {
    app.nest.set('trust proxy', false);
    const guesses = await inParallel(55, (index) => attempt(`${index}@gil.example`, 'wrong', freshAddress()));
    app.nest.set('trust proxy', 'loopback');
    expect([count(guesses, 422), count(guesses, 429)]).toEqual([50, 5]);
  });

  it('takes other limits from whoever provides them', async () => {
    const options = { failuresPerAccount: 2, failuresPerAddress: 50, windowSeconds: WINDOW_SECONDS };
    @Global()
    @Module({
      providers: [{ provide: SIGN_IN_THROTTLE_OPTIONS, useValue: options }],
      exports: [SIGN_IN_THROTTLE_OPTIONS],
    })
    class StricterModule {}
    const stricter = await TestApp.start({ extensions: [StricterModule] });
    try {
      const throttle = stricter.nest.get(SignInThrottle, { strict: false });
      const attempts = await Promise.all([1, 2, 3].map(() => throttle.begin('ada@example.com', '192.0.2.1')));
      expect(attempts.filter(({ retryAfterSeconds }) => retryAfterSeconds === undefined)).toHaveLength(2);
    } finally {
      await stricter.stop();
    }
  });

  it('refuses at the start a window that is longer than its rows are kept', () => {
    const sql = app.nest.get(PreparedSql, { strict: false });
    const options = { failuresPerAccount: 10, failuresPerAddress: 50, windowSeconds: 15 * 86_400 };
    expect(() => new PostgresSignInThrottle(sql, app.clock, options)).toThrow('give at most 1209600 (14 days)');
  });
});
