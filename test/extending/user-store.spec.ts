import { Injectable } from '@nestjs/common';
import { type NewUser, type Replacement, type User, UserStore } from 'gatehouse';
import { answerOf } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { FakeGithub } from '../support/fake-github.js';
import { expectFailurePage, signedInAs, signInAt } from '../support/remote-sign-in.js';
import { countOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import type { TestClient } from '../support/test-client.js';

/** The staff of a company, whom nobody but its own directory keeps. */
@Injectable()
class StaffDirectory extends UserStore {
  static readonly staff = new Map<string, User>();
  static readonly gone = new Set<string>();

  async findById(id: string) {
    return StaffDirectory.gone.has(id) ? undefined : StaffDirectory.staff.get(id);
  }

  async findByEmail(email: string) {
    return [...StaffDirectory.staff.values()].find((user) => user.email === email.toLowerCase());
  }

  async create(user: NewUser) {
    const isTaken = user.email !== undefined && (await this.findByEmail(user.email)) !== undefined;
    return isTaken ? undefined : this.#engage(user);
  }

  async upsertByEmail(user: NewUser & { readonly email: string }) {
    return this.#engage(user, (await this.findByEmail(user.email))?.id);
  }

  #engage({ email, emailVerified = false, passwordHash, claims = {} }: NewUser, id?: string): User {
    const user: User = {
      id: id ?? `employee-${StaffDirectory.staff.size + 7}`,
      email: email?.toLowerCase(),
      emailVerified,
      passwordHash,
      claims,
      updatedAt: new Date(),
    };
    StaffDirectory.staff.set(user.id, user);
    return user;
  }
}

describe('A UserStore of an application that keeps its end users elsewhere', () => {
  let app: TestApp;
  let github: FakeGithub;
  let web: TestClient;

  beforeAll(async () => {
    github = await FakeGithub.start();
    const replace: Replacement[] = [[UserStore, StaffDirectory]];
    app = await TestApp.start({ options: { replace }, remoteApps: [github.settings()] });
    const opaque = { access_token_format: 'opaque' } as const;
    web = await aClient().named('web').using('authorization_code', 'refresh_token').with(opaque).registeredAt(app);
  });
  afterEach(async () => expect(await countOf(app, 'users')).toBe(0));
  afterAll(async () => {
    await app?.stop();
    await github?.stop();
  });

  it('An end user signs in by password, consents, and the client has code, refreshed token, claims and introspection', async () => {
    const ada = await anEndUser().named('Ada').registeredAt(app);
    expect(ada.id).toBe('employee-7');
    const tokens = await web.signIn(ada);
    const { access_token: token } = await web.refreshed(tokens.refresh_token);
    const userinfo = await app.get('/oauth/userinfo', { authorization: `Bearer ${token}` });
    expect(await userinfo.json()).toMatchObject({ sub: 'employee-7', name: 'Ada' });
    const introspected = await web.post('/oauth/introspect', { token });
    expect(await introspected.json()).toMatchObject({ active: true, sub: 'employee-7', client_id: 'web' });
    expect((await (await ada.browser()).get('/oauth/authorizations')).html).toContain('web');
  });

  it('An end user signs in at a provider, is made by the store once, and is known the next time', async () => {
    github.endUser = { id: 70, login: 'grace', emails: [] };
    const before = StaffDirectory.staff.size;
    const browsers = Array.from({ length: 4 }, () => app.browser());
    const pages = await Promise.all(browsers.map((browser) => signInAt(browser, '/auth/github')));
    expect(pages.map(({ status }) => status)).toEqual([303, 303, 303, 303]);
    expect(StaffDirectory.staff.size).toBe(before + 1);
    expect(await signedInAs(browsers[3] as never)).toBe('grace');
    expect(await countOf(app, 'linked_accounts')).toBe(1);
  });

  it('An address that the store knows is no way into the account', async () => {
    const eve = await anEndUser().withEmail('eve@example.com').registeredAt(app);
    github.endUser = { id: 71, login: 'eve', emails: [{ email: eve.email, primary: true, verified: true }] };
    const page = await signInAt(app.browser(), '/auth/github');
    expect(page.html).toContain('You have an account here already');
    expect(await countOf(app, 'linked_accounts', { remote_subject: '71' })).toBe(0);
  });

  it('An end user whom the store finds no more is signed out at once, and refused at the provider and the refresh', async () => {
    github.endUser = { id: 72, login: 'mallory', emails: [] };
    const browser = app.browser();
    await signInAt(browser, '/auth/github');
    const mallory = await anEndUser().withEmail('mallory@example.com').registeredAt(app);
    const { refresh_token: refreshToken } = await web.signIn(mallory);
    expect((await browser.get('/oauth/authorizations')).status).toBe(200);
    for (const id of [...StaffDirectory.staff.keys()]) StaffDirectory.gone.add(id);
    for (const each of [browser, await mallory.browser()]) {
      const page = await each.get('/oauth/authorizations');
      expect(page.location?.pathname).toBe('/login');
    }
    expectFailurePage(await signInAt(app.browser(), '/auth/github'), 403, 'account_disabled', 'disabled');
    expect(await answerOf(web.refresh(refreshToken))).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});
