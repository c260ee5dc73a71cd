import { LogLines } from '../support/log-lines.js';
import { TestApp } from '../support/test-app.js';

describe('a forwarded header', () => {
  let app: TestApp;
  let log: LogLines;
  beforeEach(async () => {
    log = LogLines.of('warn');
    app = await TestApp.start();
  });
  afterEach(async () => {
    log.restore();
    await app.stop();
  });

  const told = () => log.lines.filter((line) => line.includes('A request from'));

  it('A forwarded header that nobody trusts is told once in the log, with what to do', async () => {
    await app.get('/health/live');
    expect(told()).toEqual([]);
    for (const address of ['203.0.113.7', '203.0.113.8']) await app.get('/health/live', { 'x-forwarded-for': address });
    expect(told()).toEqual([
      expect.stringMatching(/ carries X-Forwarded-For, and nothing there is trusted: .*TRUST_PROXY/),
    ]);
  });

  it('A forwarded header of a proxy that is trusted is no news', async () => {
    app.nest.set('trust proxy', 1);
    await app.get('/health/live', { 'x-forwarded-for': '203.0.113.7' });
    expect(told()).toEqual([]);
    app.nest.set('trust proxy', ['10.0.0.0/8']);
    await app.get('/health/live', { 'x-forwarded-for': '203.0.113.7' });
    expect(told()).toHaveLength(1);
  });

  it('A forwarded header of RFC 7239 is told of, since nobody reads it', async () => {
    app.nest.set('trust proxy', 1);
    await app.get('/health/live', { forwarded: 'for=203.0.113.7' });
    expect(told()).toEqual([expect.stringContaining('send X-Forwarded-For')]);
  });
});
