import { Authorizations, InvalidEntryError, Passwords, Scopes, Sessions, UserStore, Users } from 'gatehouse';
import { aClient, registerAll } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { hearingEvents } from '../support/heard-events.js';
import { TestApp } from '../support/test-app.js';
import { TestBrowser } from '../support/test-browser.js';

describe('End users, scopes, sessions and authorizations in code', () => {
  const { module, heard } = hearingEvents();
  let app: TestApp;
  let other: TestApp;
  let users: Users;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [module] });
    other = await app.startNode();
    users = app.port(Users);
  });
  afterAll(() => app?.stop());
  beforeEach(() => void heard());

  const signInStatus = async (email: string, password: string) => {
    const browser = new TestBrowser(app.url);
    return (await browser.submit(await browser.get('/login'), { email, password })).status;
  };
  const typesHeard = () => heard().map(({ type }) => type);

  it('An end user who is created signs in, and is found by id and by any spelling of the address', async () => {
    const user = await users.create({ email: 'Grace@Example.com', password: 'nanoseconds', name: 'Grace' });
    expect(user).toMatchObject({ email: 'grace@example.com', hasPassword: true, claims: { name: 'Grace' } });
    expect(await signInStatus('grace@example.com', 'nanoseconds')).toBe(303);
    expect(await users.findByEmail('GRACE@example.com')).toEqual(await users.find(user.id));
    expect(JSON.stringify(user)).not.toContain('argon2');
    await expect(users.create({ email: 'grace@EXAMPLE.com' })).rejects.toThrow(
      new InvalidEntryError([{ path: ['email'], problem: 'grace@example.com is taken' }]),
    );
  });

  it('End users keep the rules of a bootstrap file, and all faults are told at once', async () => {
    const wrong = { email: 'nobody', birthdate: 'yesterday', password: '' };
    await expect(users.create(wrong)).rejects.toThrow(/^email must .+; password .+; birthdate must be YYYY-MM-DD/);
    await expect(users.create({ email: 'nul@example.com', name: 'a\0b' })).rejects.toThrow(/^name has a NUL/);
  });

  it('An update changes what it names alone, and an address that is taken is refused', async () => {
    const { id } = await users.create({ email: 'joan@example.com', name: 'Joan', locale: 'en', password: 'secret' });
    const changed = await users.update(id, { name: 'Joan Clarke', locale: undefined, email_verified: true });
    expect(changed).toMatchObject({ claims: { name: 'Joan Clarke' }, emailVerified: true, hasPassword: true });
    expect(changed?.claims).not.toHaveProperty('locale');
    await users.create({ email: 'taken@example.com' });
    await expect(users.update(id, { email: 'TAKEN@example.com' })).rejects.toThrow('email taken@example.com is taken');
    await expect(users.update(id, { email: 'joan' })).rejects.toThrow('email must be an e-mail address');
    expect(await users.update('0b3c7a52-0000-4000-8000-000000000000', { name: 'x' })).toBeUndefined();
    expect((await users.find(id))?.email).toBe('joan@example.com');
  });

  it('A password that changes ends every session and token that was given before', async () => {
    const ada = await anEndUser().withEmail('changing@example.com').registeredAt(app);
    const web = await aClient().using('authorization_code', 'refresh_token').named('web').registeredAt(app);
    const { refresh_token: refreshToken } = await web.signIn(ada);
    await users.update(ada.id, { password: 'another one' });
    expect((await web.refresh(refreshToken)).status).toBe(400);
    expect((await (await ada.browser()).get('/oauth/authorizations')).status).not.toBe(200);
    expect(await signInStatus(ada.email, ada.password)).not.toBe(303);
    expect(await signInStatus(ada.email, 'another one')).toBe(303);
    expect(typesHeard()).toContain('user.password_changed');
  });

  it('An end user who is disabled is signed out, comes in again once enabled, and is gone once removed', async () => {
    const email = 'paused@example.com';
    const { id } = await users.create({ email, password: 'secret' });
    expect([await users.disable(id), await users.disable(id)]).toEqual([true, false]);
    expect(await signInStatus(email, 'secret')).not.toBe(303);
    expect((await users.find(id))?.disabledAt).toEqual(expect.any(Date));
    expect([await users.enable(id), await users.enable(id)]).toEqual([true, false]);
    expect(await signInStatus(email, 'secret')).toBe(303);
    expect([await users.remove(id), await users.remove(id)]).toEqual([true, false]);
    expect(await users.findByEmail(email)).toBeUndefined();
    const told = typesHeard().filter((type) => type.startsWith('user.'));
    expect(told).toEqual(['user.created', 'user.disabled', 'user.enabled', 'user.removed']);
  });

  it('All end users are listed page by page, each once and in the order of their ids', async () => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await users.list({ after, limit: 2 });
      expect(page.items.length).toBeLessThanOrEqual(2);
      ids.push(...page.items.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  it('A scope that is declared may be asked for at every node within a second, and not once it is removed', async () => {
    const scopes = app.port(Scopes);
    const supported = async () => {
      const metadata = await (await fetch(`${other.url}/.well-known/oauth-authorization-server`)).json();
      return (metadata as { scopes_supported: string[] }).scopes_supported;
    };
    await scopes.create({ name: 'stars', description: 'Count stars' });
    await eventually(async () => expect(await supported()).toContain('stars'), 1000);
    await expect(scopes.create({ name: 'stars', description: 'x' })).rejects.toThrow('name stars is taken');
    await expect(scopes.create({ name: 'two words', description: '' })).rejects.toThrow(
      /^name must be .+; description/,
    );
    expect(await scopes.describe('stars', 'Count your stars')).toBe(true);
    expect(await scopes.find('stars')).toEqual({ name: 'stars', description: 'Count your stars' });
    const { items, next } = await scopes.list({ limit: 3 });
    expect([items.length, next]).toEqual([3, items[2]?.name]);
    expect([await scopes.remove('stars'), await scopes.remove('stars')]).toEqual([true, false]);
    await eventually(async () => expect(await supported()).not.toContain('stars'), 1000);
  });

  it('The sessions of an end user are listed, one is ended at every node, and then all', async () => {
    const sessions = app.port(Sessions);
    const ada = await anEndUser().withEmail('sessions@example.com').registeredAt(app);
    const [first, second] = [await ada.signIn(), await ada.signIn()];
    const { items } = await sessions.list(ada.id, { limit: 1 });
    expect(items).toEqual([expect.objectContaining({ subject: ada.id, amr: ['pwd'], userAgent: expect.anything() })]);
    const pageOf = (browser: TestBrowser) => browser.get('/oauth/authorizations').then(({ status }) => status);
    expect(await sessions.end(items[0]?.sessionId ?? '')).toBe(true);
    expect([await pageOf(first), await pageOf(second)].filter((status) => status === 200)).toHaveLength(1);
    expect(await sessions.endAll(ada.id)).toBe(1);
    expect([await pageOf(first), await pageOf(second)]).not.toContain(200);
    expect([await sessions.end('nonsense'), await sessions.endAll(ada.id)]).toEqual([false, 0]);
    expect(typesHeard().filter((type) => type === 'session.ended')).toHaveLength(2);
  });

  it('Authorizations are listed by end user and by client, and one that is revoked ends its tokens', async () => {
    const authorizations = app.port(Authorizations);
    const ada = await anEndUser().withEmail('allowing@example.com').registeredAt(app);
    const grants = ['authorization_code', 'refresh_token'];
    const builders = ['one', 'two'].map((name) =>
      aClient()
        .named(name)
        .using(...grants),
    );
    const client = await registerAll(app, builders);
    const { refresh_token: refreshToken } = await client('one').signIn(ada);
    await client('two').signIn(ada);
    const ofAda = await authorizations.list({ subject: ada.id });
    expect(ofAda.items.map(({ clientId }) => clientId).sort()).toEqual(['one', 'two']);
    const [found, ...rest] = (await authorizations.list({ clientId: 'one', limit: 1 })).items;
    expect([found?.subject, found?.scopes, rest]).toEqual([ada.id, ['openid', 'profile'], []]);
    expect((await authorizations.list({ clientId: 'one', subject: ada.id })).items).toEqual([found]);
    expect((await authorizations.list({ limit: 1 })).next).toBeDefined();
    const id = found?.id ?? '';
    expect([await authorizations.revoke(id), await authorizations.revoke(id)]).toEqual([true, false]);
    expect((await client('one').refresh(refreshToken)).status).toBe(400);
  });

  it('Users says where end users are kept in an application that brings its own UserStore', async () => {
    class Directory extends UserStore {
      findById = async () => undefined;
      findByEmail = async () => undefined;
      create = async () => undefined;
      upsertByEmail = () => Promise.reject(new Error('read only'));
    }
    const replaced = await TestApp.start({ options: { replace: [[UserStore, Directory]] } });
    try {
      await expect(replaced.port(Users).list()).rejects.toThrow(/^End users are kept by Directory here/);
      expect(await replaced.port(Passwords).verify('x', undefined)).toBe(false);
    } finally {
      await replaced.stop();
    }
  });
});
