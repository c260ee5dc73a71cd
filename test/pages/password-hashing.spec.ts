import { jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { type GatehouseOptions, PasswordHasher, Passwords } from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { LogLines } from '../support/log-lines.js';
import { statementsDuring } from '../support/sent-statements.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields } from '../support/test-browser.js';

/** A hasher whose hashes take until the test lets them end. */
@Injectable()
class HeldHasher extends PasswordHasher {
  static held: (() => void)[] = [];
  static isHolding = false;

  async hash(password: string) {
    return `held:${password}`;
  }

  async verify(password: string, hash: string | undefined) {
    if (HeldHasher.isHolding) await new Promise<void>((resolve) => HeldHasher.held.push(resolve));
    return hash === `held:${password}`;
  }

  static release() {
    HeldHasher.isHolding = false;
    for (const end of HeldHasher.held.splice(0)) end();
  }
}

/** Two hashes at once, and three more that wait. */
const FEW_HASHES: Partial<GatehouseOptions> = {
  passwords: { hashesAtOnce: 2, hashesWaiting: 3 },
  replace: [[PasswordHasher, HeldHasher]],
};

const inParallel = <Result>(count: number, send: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => send(index)));

async function signIn(app: TestApp, email: string) {
  const browser = app.browser();
  const fields = hiddenFields((await browser.get('/login')).html);
  return browser.post('/login', { ...fields, email, password: PASSWORD });
}

describe('the hashing of passwords', () => {
  let app: TestApp;
  afterEach(async () => {
    HeldHasher.release();
    await app.stop();
  });

  it('Right passwords of one account that come together all get in, since tries under way are no failures', async () => {
    app = await TestApp.start();
    const ada = await anEndUser().registeredAt(app);
    const old = await aClient().named('old').using('password').allowed('profile').registeredAt(app);
    const answers = await inParallel(100, () => old.password(ada));
    expect(answers.map(({ status }) => status)).toEqual(Array(100).fill(200));
  });

  it('No more passwords are hashed at once than there is room for, a few wait, and the others are asked to come again', async () => {
    app = await TestApp.start({ options: FEW_HASHES });
    for (let index = 0; index < 8; index++) {
      await anEndUser().withEmail(`${index}@example.com`).registeredAt(app);
    }
    const client = await aClient().named('old').using('password').allowed('profile').registeredAt(app);
    HeldHasher.isHolding = true;
    const signIns = [0, 1, 2, 3, 4].map((index) => signIn(app, `${index}@example.com`));
    await eventually(async () => expect(HeldHasher.held).toHaveLength(2));
    await eventually(async () => expect(app.port(Passwords).hasRoom).toBe(false));
    expect(HeldHasher.held).toHaveLength(2);

    const page = await signIn(app, '6@example.com');
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '1']);
    expect(page.html).toContain('Too many sign in just now. Try again in a moment');
    const ask = { grant_type: 'password', username: '7@example.com', password: PASSWORD };
    const log = LogLines.of('error', 'warn');
    const answer = await client.token(ask);
    log.restore();
    expect(log.lines).toEqual([
      expect.stringMatching(/^warn POST \/oauth\/token 503 temporarily_unavailable \(client old\): [^\n]+$/),
    ]);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ error: 'temporarily_unavailable' });

    HeldHasher.release();
    expect((await Promise.all(signIns)).map(({ status }) => status)).toEqual(Array(5).fill(303));
    expect((await signIn(app, '6@example.com')).status).toBe(303);
    expect((await client.token(ask)).status).toBe(200);
  });

  it('A password that finds no room gets in when there is some within a moment', async () => {
    app = await TestApp.start({ options: FEW_HASHES });
    for (let index = 0; index < 6; index++) {
      await anEndUser().withEmail(`${index}@example.com`).registeredAt(app);
    }
    HeldHasher.isHolding = true;
    const first = inParallel(5, (index) => signIn(app, `${index}@example.com`));
    await eventually(async () => expect(app.port(Passwords).hasRoom).toBe(false));
    const asked = jest.spyOn(app.port(Passwords), 'hasRoom', 'get');
    const late = signIn(app, '5@example.com');
    await eventually(async () => expect(asked).toHaveBeenCalled());
    HeldHasher.release();
    expect((await first).map(({ status }) => status)).toEqual(Array(5).fill(303));
    expect((await late).status).toBe(303);
  });

  it('A try waits for one at another node that may yet fill the limit, and no longer than that node can be alive', async () => {
    const options: Partial<GatehouseOptions> = { throttle: { failuresPerAccount: 1 }, ...FEW_HASHES };
    app = await TestApp.start({ options });
    const node = await app.startNode();
    await anEndUser().registeredAt(app);
    HeldHasher.isHolding = true;
    const first = signIn(app, 'ada@example.com');
    await eventually(async () => expect(HeldHasher.held).toHaveLength(1));
    await statementsDuring(node, async (sent) => {
      const second = signIn(node, 'ada@example.com');
      const looks = () => sent.filter((name) => name === 'login-failure-begin').length;
      await eventually(async () => expect(looks()).toBeGreaterThan(1));
      expect(HeldHasher.held).toHaveLength(1);
      app.clock.travel({ seconds: 150 });
      await eventually(async () => expect(HeldHasher.held).toHaveLength(2));
      HeldHasher.release();
      expect((await second).status).toBe(303);
    });
    expect((await first).status).toBe(303);
  });

  it('Everything else is answered while all hashes are busy', async () => {
    app = await TestApp.start({ options: FEW_HASHES });
    const service = await aClient().named('service').using('client_credentials').allowed('profile').registeredAt(app);
    HeldHasher.isHolding = true;
    const waiting = inParallel(5, (index) => signIn(app, `${index}@example.com`));
    await eventually(async () => expect(HeldHasher.held).toHaveLength(2));
    expect((await service.token({ grant_type: 'client_credentials' })).status).toBe(200);
    HeldHasher.release();
    expect((await waiting).map(({ status }) => status)).toEqual(Array(5).fill(422));
  });
});
