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

/** Why the application does not start; undefined where it does. */
function refusalOf(options: Partial<GatehouseOptions>): Promise<string | undefined> {
  return TestApp.start({ options }).then(
    async (app) => {
      await app.stop();
      return undefined;
    },
    (error: Error) => error.message,
  );
}

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

  it('Clients, scopes and users of the options are stored before the application listens', async () => {
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

  it('A client that the next start would bring back is changed where it is declared, and not in code, but can be disabled', async () => {
    const clients = app.port(Clients);
    const [{ id } = { id: '' }] = (await clients.find('shop'))?.secrets ?? [];
    const told = /^shop and its secrets come from the bootstrap file or the option clients/;
    await expect(clients.rotateSecret('shop')).rejects.toThrow(told);
    await expect(clients.removeSecret('shop', id)).rejects.toThrow(told);
    await expect(clients.update('shop', { client_name: 'Other' })).rejects.toThrow(told);
    await expect(clients.remove('shop')).rejects.toThrow(told);
    expect((await clients.find('shop'))?.secrets).toHaveLength(1);
    expect(await clients.disable('shop')).toBe(true);
    await app.startNode();
    expect((await clients.find('shop'))?.disabledAt).toEqual(expect.any(Date));
    expect(await clients.enable('shop')).toBe(true);
  });

  it('Faults of clients, scopes and users are told with those of all other options at once', async () => {
    const wrong = {
      clients: [{ client_id: 'a', client_secret: SECRET, redirect_uris: ['javascript:1'] }],
      scopes: [{ name: 'two words', description: 'x' }],
      users: [{ email: 'a@b' }, { email: 'A@B' }, { email: 'c@d', name: 'a\0b' }],
      tokens: { accessTokenSeconds: 0 },
    };
    expect(await refusalOf(wrong)).toMatch(
      /clients\[0\]\.redirect_uris\[0\]: has the scheme.*\n- scopes\[0\]\.name: must be one scope name.*\n- tokens\.accessTokenSeconds: .*\n- users\[2\]\.name: has a NUL/,
    );
    const repeated = { users: [{ email: 'a@b' }, { email: 'A@B' }] };
    expect(await refusalOf(repeated)).toMatch('- users[1].email: stands twice: a@b');
  });

  it('A client that lists a scope which nobody declared keeps the application from starting', async () => {
    const wrong = {
      clients: [{ client_id: 'a', client_secret: SECRET, grant_types: ['client_credentials'], scope: 'x' }],
    };
    expect(await refusalOf(wrong)).toMatch(
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
