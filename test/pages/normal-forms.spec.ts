import { PasswordHasher } from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { anEndUser, PASSWORD } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { findLink } from '../support/linked-accounts.js';
import { quickHashes } from '../support/quick-hasher.js';
import { signInAt } from '../support/remote-sign-in.js';
import { changeRows, deleteRows, rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

const COMPOSED = { email: 'jörg@bücher.example', password: 'Grüße aus Åland' };
const DECOMPOSED = { email: COMPOSED.email.normalize('NFD'), password: COMPOSED.password.normalize('NFD') };
const NORMAL_EMAIL = 'jörg@xn--bcher-kva.example';

describe('what end users type', () => {
  let github: FakeGithub;
  let app: TestApp;
  let client: TestClient;
  beforeAll(async () => {
    github = await FakeGithub.start();
    app = await TestApp.start({ remoteApps: [github.settings()], options: quickHashes });
    client = await aClient().named('old').using('password').allowed('openid email').registeredAt(app);
  });
  afterAll(async () => {
    await app?.stop();
    await github?.stop();
  });
  /** The failures of one test do not count in the next. */
  afterEach(async () => {
    await deleteRows(app, 'users');
    app.clock.travel({ seconds: 1000 });
  });

  const jorg = () => anEndUser().withEmail(COMPOSED.email).withPassword(COMPOSED.password);

  async function signIn(typed: { email: string; password: string }): Promise<number> {
    const browser = app.browser();
    return (await browser.submit(await browser.get('/login'), typed)).status;
  }

  const tokenFor = async ({ email: username, password }: { email: string; password: string }) =>
    (await client.token({ grant_type: 'password', username, password })).status;

  it.each([
    ['decomposed', DECOMPOSED],
    ['in capitals', { ...COMPOSED, email: 'JÖRG@BÜCHER.EXAMPLE' }],
    ['with the domain as browsers send it', { ...COMPOSED, email: NORMAL_EMAIL }],
    ['with a no-break space in the password', { ...COMPOSED, password: COMPOSED.password.replaceAll(' ', '\u00a0') }],
  ])(
    'An end user with letters beyond ASCII signs in by page and password grant when they are typed %s',
    async (_, typed) => {
      await jorg().registeredAt(app);
      expect(await signIn(typed)).toBe(303);
      expect(await tokenFor(typed)).toBe(200);
    },
  );

  it('An account that was stored decomposed is signed in to by what other keyboards type', async () => {
    await anEndUser().withEmail(DECOMPOSED.email).withPassword(DECOMPOSED.password).registeredAt(app);
    expect(await signIn(COMPOSED)).toBe(303);
    expect(await tokenFor(COMPOSED)).toBe(200);
  });

  it('A hash that an earlier version made of a password as it was typed still opens for that', async () => {
    const { id } = await jorg().registeredAt(app);
    const hash = await app.port(PasswordHasher).hash(DECOMPOSED.password);
    await changeRows(app, 'users', { id }, { password_hash: hash });
    expect(await signIn(DECOMPOSED)).toBe(303);
    expect(await signIn({ ...DECOMPOSED, password: 'wrong' })).toBe(422);
  });

  it.each([COMPOSED.email, DECOMPOSED.email])(
    'The account that an earlier version stored as %p is found, and is written anew in the normal form',
    async (stored) => {
      const { id } = await jorg().registeredAt(app);
      await changeRows(app, 'users', { id }, { email: stored });
      expect(await signIn(COMPOSED)).toBe(303);
      expect(await signIn({ ...COMPOSED, email: NORMAL_EMAIL })).toBe(303);
      await jorg().registeredAt(app);
      expect(await rowsOf(app, 'users')).toEqual([expect.objectContaining({ id, email: NORMAL_EMAIL })]);
    },
  );

  it('Clients are told an address of ASCII domain labels (OpenID Connect Core section 5.1)', async () => {
    const endUser = await jorg().registeredAt(app);
    const answer = await (await client.password(endUser)).json();
    const userinfo = await app.get('/oauth/userinfo', { authorization: `Bearer ${answer.access_token}` });
    expect(await userinfo.json()).toMatchObject({ email: NORMAL_EMAIL });
  });

  it('Guesses count together in whatever form the account is typed', async () => {
    const spellings = [COMPOSED.email, DECOMPOSED.email, NORMAL_EMAIL];
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, index) => signIn({ email: spellings[index % 3] ?? '', password: 'wrong' })),
    );
    expect(guesses.sort()).toEqual([...Array(10).fill(422), 429, 429]);
  });

  it('An address that a provider has verified in another form belongs to the account that has it here', async () => {
    const verifiedJorg = jorg().withVerifiedEmail(COMPOSED.email);
    const { id } = await verifiedJorg.registeredAt(app);
    github.endUser = { id: 1, login: 'joerg', emails: [{ email: DECOMPOSED.email, primary: true, verified: true }] };
    expect((await signInAt(app.browser(), '/auth/github')).html).toContain('You have an account here already');
    expect(await rowsOf(app, 'users')).toHaveLength(1);
    const browser = app.browser();
    await browser.submit(await browser.get('/login'), COMPOSED);
    expect((await signInAt(browser, '/auth/github')).status).toBe(303);
    expect((await findLink(app, 1))?.userId).toBe(id);
  });

  it('A domain that only looks like another one is not taken for it', async () => {
    await anEndUser().registeredAt(app);
    expect(await signIn({ email: 'ada@\uff45xample.com', password: PASSWORD })).toBe(422);
    github.endUser = {
      id: 2,
      login: 'ada',
      emails: [{ email: 'ada@\uff45xample.com', primary: true, verified: true }],
    };
    expect((await signInAt(app.browser(), '/auth/github')).status).toBe(303);
    expect(await rowsOf(app, 'users')).toHaveLength(2);
  });
});
