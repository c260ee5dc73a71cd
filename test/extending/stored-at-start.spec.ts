import { Injectable, Module } from '@nestjs/common';
import { Authorizations, Clients, type GatehouseOptions, Keys, Scopes, Sessions, Users } from 'gatehouse';
import { storedByBootstrap } from '../support/bootstrapping.js';
import { basic, TestApp } from '../support/test-app.js';
import { TestBrowser } from '../support/test-browser.js';

const SECRET = 'the secret of a client, which is long enough';

/** What a provider of an application gets injected without a further import. */
@Injectable()
class Office {
  constructor(
    readonly clients: Clients,
    readonly scopes: Scopes,
    readonly users: Users,
    readonly keys: Keys,
    readonly sessions: Sessions,
    readonly authorizations: Authorizations,
  ) {}
}

@Module({ providers: [Office] })
class OfficeModule {}

describe('The options clients, scopes and users', () => {
  const options: Partial<GatehouseOptions> = {
    clients: [{ client_id: 'shop', client_secret: SECRET, grant_types: ['client_credentials'], scope: 'stars' }],
    scopes: [{ name: 'stars', description: 'Count your stars' }],
    users: [{ email: 'Ada@example.com', password: 'analytical engine', name: 'Ada' }],
  };
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ options });
  });
  afterAll(() => app?.stop());

  it('What they name is stored before the application listens', async () => {
    const token = await app.post('/oauth/token', { grant_type: 'client_credentials' }, basic('shop', SECRET));
    expect(await token.json()).toMatchObject({ scope: 'stars' });
    const browser = new TestBrowser(app.url);
    const signIn = await browser.get('/login');
    expect((await browser.submit(signIn, { email: 'ada@example.com', password: 'analytical engine' })).status).toBe(
      303,
    );
  });

  it('A second start writes nothing again', async () => {
    const before = await storedByBootstrap(app);
    await app.startNode();
    expect(await storedByBootstrap(app)).toEqual(before);
  });

  it('Their faults are told with those of all other options at once', async () => {
    const wrong = {
      clients: [{ client_id: 'a', client_secret: SECRET, redirect_uris: ['javascript:1'] }],
      scopes: [{ name: 'two words', description: 'x' }],
      users: [{ email: 'a@b' }, { email: 'A@B' }, { email: 'c@d', name: 'a\0b' }],
      tokens: { accessTokenSeconds: 0 },
    };
    await expect(TestApp.start({ options: wrong })).rejects.toThrow(
      /clients\[0\]\.redirect_uris\[0\]: has the scheme.*\n- scopes\[0\]\.name: must be one scope name.*\n- tokens\.accessTokenSeconds: .*\n- users\[2\]\.name: has a NUL/,
    );
    const repeated = { users: [{ email: 'a@b' }, { email: 'A@B' }] };
    await expect(TestApp.start({ options: repeated })).rejects.toThrow('- users[1].email: stands twice: a@b');
  });

  it('A client that lists a scope which nobody declared keeps the application from starting', async () => {
    const wrong = {
      clients: [{ client_id: 'a', client_secret: SECRET, grant_types: ['client_credentials'], scope: 'x' }],
    };
    await expect(TestApp.start({ options: wrong })).rejects.toThrow(
      'Gatehouse cannot start:\n- clients[0].scope: names x, which is no scope here; declare it first',
    );
  });

  it('Every service is injected into a provider of the application', async () => {
    const host = await TestApp.start({ extensions: [OfficeModule] });
    try {
      const office = host.port(Office);
      expect(Object.values(office)).not.toContain(undefined);
    } finally {
      await host.stop();
    }
  });
});
